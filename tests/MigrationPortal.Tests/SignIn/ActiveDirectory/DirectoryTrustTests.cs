using System.Net;
using System.Net.Sockets;
using System.Text;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Servers that are not who they should be, or want to be spoken to in the clear: none of them ever hears a password.</summary>
public sealed class DirectoryTrustTests
{
    [DomainFact]
    public async Task SignIn_ServerThatCannotBeTrusted_IsNeverTold()
    {
        var domain = await TestDomain.GetAsync();
        using var foreign = new TemporaryDirectory("trust");
        Directory.CreateDirectory(foreign.Path);
        await TestDomain.RunAsync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Other CA", "-keyout", "/dev/null", "-out", $"{foreign.Path}/ca.pem"]);
        var settings = domain.Settings();
        settings["ActiveDirectory:TrustedCertificatesDirectory"] = foreign.Path;
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = new PersonBrowser(portal.Address);
        Assert.StartsWith("/signin?failed=unavailable", await AttemptAsync(browser), StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task SignIn_ServerOfAnotherName_IsNeverTold()
    {
        // The certificate names this domain controller's address; "localhost" reaches somebody else or nobody, its own host name nobody vouches for.
        var domain = await TestDomain.GetAsync();
        await using var relay = Relay.Start(domain.Address[..^1] + "5", domain.Address);
        await using var portal = await PortalApp.StartAsync(domain.Settings(domain.Address[..^1] + "5"));
        using var browser = new PersonBrowser(portal.Address);
        Assert.StartsWith("/signin?failed=unavailable", await AttemptAsync(browser), StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task SignIn_CertificateChecksSwitchedOffAroundThePortal_AreMadeAllTheSame()
    {
        var domain = await TestDomain.GetAsync();
        await using var database = await TestDatabase.CreatePortalAsync();
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Path);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ldaprc"), "TLS_REQCERT never\n");
        await using var relay = Relay.Start(domain.Address[..^1] + "8", domain.Address);
        var settings = domain.Settings(domain.Address[..^1] + "8");
        settings["ConnectionStrings:Portal"] = database.ConnectionString;
        await using var portal = PortalProcess.Start(
            folder.Path,
            settings: settings.Select(x => $"--{x.Key}={x.Value}"),
            variables: new Dictionary<string, string>(StringComparer.Ordinal) { ["LDAPNOINIT"] = "1", ["LDAPTLS_REQCERT"] = "never", ["LDAPRC"] = Path.Combine(folder.Path, "ldaprc") });
        using var browser = new PersonBrowser(await portal.AddressAsync());
        Assert.StartsWith("/signin?failed=unavailable", await AttemptAsync(browser), StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task SignIn_ServerThatRefusesTls_IsNeverToldAnything()
    {
        var domain = await TestDomain.GetAsync();
        using var server = new TcpListener(IPAddress.Parse(domain.Address[..^1] + "6"), 389);
        server.Start();
        var heard = new MemoryStream();
        var serving = ServeInTheClearAsync(server, heard);
        var settings = domain.Settings(domain.Address[..^1] + "6");
        settings["ActiveDirectory:Ldaps"] = "false";
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = new PersonBrowser(portal.Address);
        Assert.StartsWith("/signin?failed=unavailable", await AttemptAsync(browser), StringComparison.Ordinal);
        server.Stop();
        await serving;
        var text = Encoding.Latin1.GetString(heard.ToArray());
        Assert.Contains("1.3.6.1.4.1.1466.20037", text, StringComparison.Ordinal);
        foreach (var secret in new[] { TestDomain.Password, "svc-ldap", "viewer1" })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task DomainController_BoundInTheClear_RefusesByItself()
    {
        var domain = await TestDomain.GetAsync();
        using var plain = new System.DirectoryServices.Protocols.LdapConnection(new System.DirectoryServices.Protocols.LdapDirectoryIdentifier(domain.Address, 389))
        {
            AuthType = System.DirectoryServices.Protocols.AuthType.Basic,
        };
        plain.SessionOptions.ProtocolVersion = 3;
        var refused = Assert.Throws<System.DirectoryServices.Protocols.DirectoryOperationException>(() => plain.Bind(new NetworkCredential("viewer1@lab.test", TestDomain.Password)));
        Assert.Contains("Strong", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    // Says yes to every question and no to turning to TLS.
    private static async Task ServeInTheClearAsync(TcpListener server, MemoryStream heard)
    {
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync();
                var stream = client.GetStream();
                var buffer = new byte[4096];
                while (await stream.ReadAsync(buffer) is > 0 and var length)
                {
                    heard.Write(buffer, 0, length);
                    // 30 len 02 01 id op …: 63 asks for entries, answered by 65 (done, success); 77 for TLS, answered by 78 (unwilling).
                    byte id = buffer[4], answer = buffer[5] == 0x63 ? (byte)0x65 : (byte)0x78, code = buffer[5] == 0x63 ? (byte)0 : (byte)53;
                    await stream.WriteAsync(new byte[] { 0x30, 0x0c, 0x02, 0x01, id, answer, 0x07, 0x0a, 0x01, code, 0x04, 0x00, 0x04, 0x00 });
                }
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or IOException)
        {
            // The test has seen enough.
        }
    }

    private static async Task<string?> AttemptAsync(PersonBrowser browser)
    {
        using var answer = await browser.SubmitAsync("signin", "signin/ldap", new() { ["user"] = "viewer1", ["password"] = TestDomain.Password, ["returnUrl"] = "/rooms" });
        return answer.Headers.Location?.OriginalString;
    }
}
