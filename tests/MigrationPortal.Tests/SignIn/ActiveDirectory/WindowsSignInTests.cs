using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Kerberos against a real key distribution centre, with curl as the browser. The portal is a process: its keytab is the environment's.</summary>
public sealed partial class WindowsSignInTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private TestDomain? _domain;
    private TestDatabase? _database;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder.Path);
        if (SambaPackages.Missing is not null)
            return;
        _domain = await TestDomain.GetAsync();
        _database = await TestDatabase.CreatePortalAsync();
    }

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [DomainTheory]
    [InlineData("viewer1", "\"Viewer\"")]
    [InlineData("approver1", "\"Approver\"")]
    public async Task SignIn_WithATicket_OpensASession(string who, string role)
    {
        await using var portal = Start("http");
        var address = await LocalhostAsync(portal);
        Assert.Contains("302 /rooms", await CurlAsync(who, "-o", "/dev/null", "-w", "%{http_code} %header{location}", $"{address}signin/windows?returnUrl=/rooms"), StringComparison.Ordinal);
        var me = await CurlAsync(null, $"{address}api/v1/me");
        Assert.Contains(role, me, StringComparison.Ordinal);
        Assert.Contains($"{who}@lab.test", me, StringComparison.Ordinal);
        Assert.Equal(1, await _database!.ScalarAsync<int>("select count(*) from portal.sessions where method = 'Kerberos'"));
    }

    [DomainFact]
    public async Task SignIn_WithoutOrWithBadTickets_IsRefused()
    {
        await using var portal = Start("http");
        var address = await LocalhostAsync(portal);
        // None, garbage, too short, not base64, and NTLM's first message.
        foreach (var ticket in new[] { "", "AAAA", "YQ==", "%%%", "TlRMTVNTUAABAAAAl4II4gAAAAAAAAAAAAAAAAAAAAAKAGFKAAAADw==" })
        {
            var answer = await CurlAsync(null, "-D", "-", "-H", ticket.Length == 0 ? "X-None: 1" : $"Authorization: Negotiate {ticket}", $"{address}signin/windows");
            Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
            Assert.Contains("WWW-Authenticate: Negotiate", answer, StringComparison.Ordinal);
            Assert.Contains("/signin?failed=noticket", answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, await _database!.ScalarAsync<int>("select count(*) from portal.sessions"));
    }

    [DomainFact]
    public async Task SignIn_TicketUsedTwice_IsRefusedTheSecondTime()
    {
        await using var portal = Start("http");
        var address = await LocalhostAsync(portal);
        var spoken = await CurlAsync("viewer1", "-v", "-o", "/dev/null", $"{address}signin/windows");
        var header = Sent().Match(spoken).Groups["header"].Value;
        Assert.NotEmpty(header);
        Assert.Equal("401", await CurlAsync(null, "-o", "/dev/null", "-w", "%{http_code}", "-H", header, $"{address}signin/windows"));
    }

    [DomainFact]
    public async Task SignIn_KeytabOfAnotherAccount_LetsNobodyIn()
    {
        await using var portal = Start("wrong");
        var address = await LocalhostAsync(portal);
        Assert.Equal("401", await CurlAsync("viewer1", "-o", "/dev/null", "-w", "%{http_code}", $"{address}signin/windows"));
    }

    [DomainFact]
    public async Task SignIn_AccountDisabledWhileItsTicketLives_IsRefused()
    {
        await using var portal = Start("http");
        var address = await LocalhostAsync(portal);
        await TicketAsync("leaver2");
        // A ticket for the portal itself, not only one to ask for such: it lives for hours whatever happens to the account.
        await TestDomain.RunAsync("kvno", ["-c", $"FILE:{Cache("leaver2")}", "HTTP/localhost"], ("KRB5_CONFIG", $"{_domain!.Folder}/krb5.conf"));
        await _domain!.ChangeAsync("user", "disable", "leaver2");
        Assert.Contains("failed=refused", await CurlAsync("leaver2", "-o", "/dev/null", "-w", "%header{location}", $"{address}signin/windows"), StringComparison.Ordinal);
        Assert.Equal("the account is disabled", await _database!.ScalarAsync<string>("select details->>'reason' from portal.audit_entries where action = 'SignInRefused'"));
    }

    [DomainFact]
    public async Task Start_KeytabMissing_SaysSoBeforeAnything()
    {
        await using var portal = Start("nowhere");
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains($"KRB5_KTNAME is {_domain!.Folder}/keytabs/nowhere, and there is no such file.", portal.Output, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task Start_WithoutLdapNoInit_IsRefused()
    {
        await using var portal = Start("http", ldapNoInit: "");
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains("LDAPNOINIT is not set", portal.Output, StringComparison.Ordinal);
    }

    private PortalProcess Start(string keytab, string ldapNoInit = "1")
    {
        var settings = _domain!.Settings();
        settings["SignIn:Methods:1"] = "Kerberos";
        settings["ConnectionStrings:Portal"] = _database!.ConnectionString;
        return PortalProcess.Start(
            _folder.Path,
            settings: settings.Select(x => $"--{x.Key}={x.Value}"),
            variables: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["LDAPNOINIT"] = ldapNoInit,
                ["KRB5_CONFIG"] = $"{_domain.Folder}/krb5.conf",
                ["KRB5_KTNAME"] = $"{_domain.Folder}/keytabs/{keytab}",
            });
    }

    // The ticket is for HTTP/localhost; an address would be another service.
    private static async Task<string> LocalhostAsync(PortalProcess portal) => $"http://localhost:{(await portal.AddressAsync()).Port}/";

    private async Task<string> CurlAsync(string? who, params string[] arguments)
    {
        if (who is not null)
            await TicketAsync(who);
        string[] negotiate = who is null ? [] : ["--negotiate", "-u", ":"];
        var jar = Path.Combine(_folder.Path, "cookies");
        return await TestDomain.RunAsync(
            "bash",
            ["-c", "exec curl \"$@\" 2>&1", "curl", "-s", "-b", jar, "-c", jar, .. negotiate, .. arguments],
            ("KRB5_CONFIG", $"{_domain!.Folder}/krb5.conf"),
            ("KRB5CCNAME", $"FILE:{Cache(who)}"));
    }

    private async Task TicketAsync(string who)
    {
        if (!File.Exists(Cache(who)))
            await TestDomain.RunAsync("kinit", ["-c", $"FILE:{Cache(who)}", "-k", "-t", $"{_domain!.Folder}/keytabs/{who}", who], ("KRB5_CONFIG", $"{_domain.Folder}/krb5.conf"));
    }

    private string Cache(string? who) => Path.Combine(_folder.Path, $"ticket-{who}");

    [GeneratedRegex(@"> (?<header>Authorization: Negotiate \S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sent();
}
