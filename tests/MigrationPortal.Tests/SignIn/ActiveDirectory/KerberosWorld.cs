using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>A portal that takes tickets, as a process because its keytab is the environment's; and curl as the browser of somebody who has one.</summary>
internal sealed class KerberosWorld : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private KerberosWorld(TestDomain domain, TestDatabase database) => (Domain, Database) = (domain, database);

    public TestDomain Domain { get; }

    public TestDatabase Database { get; }

    public string Folder => _folder.Path;

    public static async Task<KerberosWorld> CreateAsync()
    {
        var world = new KerberosWorld(await TestDomain.GetAsync(), await TestDatabase.CreatePortalAsync());
        Directory.CreateDirectory(world.Folder);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    /// <param name="keytab">One of the domain's, or a file.</param>
    /// <param name="clock">How far the portal's clock is off, <c>+6m</c>.</param>
    public PortalProcess Start(string keytab, string ldapNoInit = "1", string? clock = null)
    {
        var settings = Domain.Settings();
        settings["SignIn:Methods:1"] = "Kerberos";
        settings["ConnectionStrings:Portal"] = Database.ConnectionString;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LDAPNOINIT"] = ldapNoInit,
            ["KRB5_CONFIG"] = $"{Domain.Folder}/krb5.conf",
            ["KRB5_KTNAME"] = keytab.StartsWith('/') ? keytab : Keytab(keytab),
        };
        if (clock is not null)
        {
            variables["LD_PRELOAD"] = Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(x => $"{x}/faketime/libfaketimeMT.so.1").First(File.Exists);
            variables["FAKETIME"] = clock;
            // Only the time of day is wrong on such a machine; timers run as they should.
            variables["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        }

        return PortalProcess.Start(Folder, settings: settings.Select(x => $"--{x.Key}={x.Value}"), variables: variables);
    }

    public string Keytab(string name) => $"{Domain.Folder}/keytabs/{name}";

    // The ticket is for HTTP/localhost; an address would be another service.
    public static async Task<string> LocalhostAsync(PortalProcess portal) => $"http://localhost:{(await portal.AddressAsync()).Port}/";

    /// <summary>What the portal answers to somebody's ticket: the status and where it sends them.</summary>
    public Task<string> SignInAsync(string who, string address, string? clock = null, TestDomain? domain = null, params string[] more) =>
        CurlAsync(who, clock, domain, [.. more, "-o", "/dev/null", "-w", "%{http_code} %header{location}", $"{address}signin/windows?returnUrl=/rooms"]);

    public Task<string> CurlAsync(string? who, params string[] arguments) => CurlAsync(who, null, null, arguments);

    /// <summary>A ticket for the portal itself, not only one to ask for such: from then on the key distribution centre is asked no more.</summary>
    public async Task TicketForAsync(string who, string service, TestDomain? domain = null)
    {
        await TicketAsync(who, domain ?? Domain);
        await TestDomain.RunAsync("kvno", ["-c", $"FILE:{Cache(who)}", service], ("KRB5_CONFIG", $"{(domain ?? Domain).Folder}/krb5.conf"));
    }

    public async Task<string> LastRefusalAsync() => MigrationPortal.Data.WordedText.Read(
        await Database.ScalarAsync<string>("select details->>'cause' from portal.audit_entries where action = 'SignInRefused' order by id desc limit 1")).In(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Old tickets are thrown away, as signing in to Windows anew does.</summary>
    public void Forget(string who) => File.Delete(Cache(who));

    private async Task<string> CurlAsync(string? who, string? clock, TestDomain? domain, string[] arguments)
    {
        if (who is not null)
            await TicketAsync(who, domain ?? Domain);
        string[] negotiate = who is null ? [] : ["--negotiate", "-u", ":"];
        string[] watch = clock is null ? [] : ["faketime", "-f", clock];
        var jar = Path.Combine(Folder, "cookies");
        return await TestDomain.RunAsync(
            "bash",
            ["-c", "exec \"$@\" 2>&1", "bash", .. watch, "curl", "-s", "-b", jar, "-c", jar, .. negotiate, .. arguments],
            ("KRB5_CONFIG", $"{(domain ?? Domain).Folder}/krb5.conf"),
            ("KRB5CCNAME", $"FILE:{Cache(who)}"));
    }

    private async Task TicketAsync(string who, TestDomain domain)
    {
        if (!File.Exists(Cache(who)))
            await TestDomain.RunAsync("kinit", ["-c", $"FILE:{Cache(who)}", "-k", "-t", $"{domain.Folder}/keytabs/{who}", who], ("KRB5_CONFIG", $"{domain.Folder}/krb5.conf"));
    }

    private string Cache(string? who) => Path.Combine(Folder, $"ticket-{who}");
}
