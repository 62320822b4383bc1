using System.Text.RegularExpressions;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Kerberos against a real key distribution centre, with curl as the browser. The portal is a process: its keytab is the environment's.</summary>
public sealed partial class WindowsSignInTests
{
    [DomainTheory]
    [InlineData("viewer1", "\"Viewer\"")]
    [InlineData("approver1", "\"Approver\"")]
    public async Task SignIn_WithATicket_OpensASession(string who, string role)
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("http");
        var address = await KerberosWorld.LocalhostAsync(portal);
        Assert.Contains("302 /rooms", await world.CurlAsync(who, "-o", "/dev/null", "-w", "%{http_code} %header{location}", $"{address}signin/windows?returnUrl=/rooms"), StringComparison.Ordinal);
        var me = await world.CurlAsync(null, $"{address}api/v1/me");
        Assert.Contains(role, me, StringComparison.Ordinal);
        Assert.Contains($"{who}@lab.test", me, StringComparison.Ordinal);
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.sessions where method = 'Kerberos'"));
    }

    [DomainFact]
    public async Task SignIn_WithoutOrWithBadTickets_IsRefused()
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("http");
        var address = await KerberosWorld.LocalhostAsync(portal);
        // None, garbage, too short, not base64, and NTLM's first message.
        foreach (var ticket in new[] { "", "AAAA", "YQ==", "%%%", "TlRMTVNTUAABAAAAl4II4gAAAAAAAAAAAAAAAAAAAAAKAGFKAAAADw==" })
        {
            var answer = await world.CurlAsync(null, "-D", "-", "-H", ticket.Length == 0 ? "X-None: 1" : $"Authorization: Negotiate {ticket}", $"{address}signin/windows");
            Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
            Assert.Contains("WWW-Authenticate: Negotiate", answer, StringComparison.Ordinal);
            Assert.Contains("/signin?failed=noticket", answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.sessions"));
    }

    [DomainFact]
    public async Task SignIn_TicketUsedTwice_IsRefusedTheSecondTime()
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("http");
        var address = await KerberosWorld.LocalhostAsync(portal);
        var spoken = await world.CurlAsync("viewer1", "-v", "-o", "/dev/null", $"{address}signin/windows");
        var header = Sent().Match(spoken).Groups["header"].Value;
        Assert.NotEmpty(header);
        Assert.Equal("401", await world.CurlAsync(null, "-o", "/dev/null", "-w", "%{http_code}", "-H", header, $"{address}signin/windows"));
    }

    [DomainFact]
    public async Task SignIn_KeytabOfAnotherAccount_LetsNobodyIn()
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("wrong");
        var address = await KerberosWorld.LocalhostAsync(portal);
        Assert.Equal("401", await world.CurlAsync("viewer1", "-o", "/dev/null", "-w", "%{http_code}", $"{address}signin/windows"));
    }

    [DomainFact]
    public async Task SignIn_AccountDisabledWhileItsTicketLives_IsRefused()
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("http");
        var address = await KerberosWorld.LocalhostAsync(portal);
        await world.TicketForAsync("leaver2", "HTTP/localhost");
        await world.Domain.ChangeAsync("user", "disable", "leaver2");
        Assert.Contains("failed=refused", await world.CurlAsync("leaver2", "-o", "/dev/null", "-w", "%header{location}", $"{address}signin/windows"), StringComparison.Ordinal);
        Assert.Equal("SignIn.AccountDisabled", await world.Database.ScalarAsync<string>("select (details->>'cause')::jsonb->>'key' from portal.audit_entries where action = 'SignInRefused'"));
    }

    [DomainFact]
    public async Task Start_KeytabMissing_SaysSoBeforeAnything()
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("nowhere");
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains($"KRB5_KTNAME is {world.Domain.Folder}/keytabs/nowhere, and there is no such file.", portal.Output, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task Start_WithoutLdapNoInit_IsRefused()
    {
        await using var world = await KerberosWorld.CreateAsync();
        await using var portal = world.Start("http", ldapNoInit: "");
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains("LDAPNOINIT is not set", portal.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"> (?<header>Authorization: Negotiate \S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sent();
}
