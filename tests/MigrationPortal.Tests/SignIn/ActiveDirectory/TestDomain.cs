using System.Diagnostics;
using System.Net.Sockets;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Runs where Samba's domain controller is installed and its ports may be opened, as tests/run.sh sees to; elsewhere it is reported as skipped.</summary>
internal static class SambaPackages
{
    public static string? Missing { get; } =
        !File.Exists("/usr/sbin/samba") || !File.Exists("/usr/bin/kinit") || !File.Exists("/usr/bin/faketime") ? "Samba's domain controller is not installed: see tests/run.sh."
        : Environment.UserName != "root" ? "A domain controller's ports can be opened by root alone."
        : null;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class DomainFactAttribute : FactAttribute
{
    public DomainFactAttribute() => Skip = SambaPackages.Missing;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class DomainTheoryAttribute : TheoryAttribute
{
    public DomainTheoryAttribute() => Skip = SambaPackages.Missing;
}

/// <summary>An Active Directory domain of its own for each test process, started by the first test that asks; ready in seconds.</summary>
internal sealed class TestDomain
{
    public const string Password = "Passw0rd!Lab";

    private static readonly Lazy<Task<TestDomain>> Shared = new(() => StartAsync("LAB.TEST", 1));
    // Not .2 to .9, which tests listen on themselves.
    private static readonly Lazy<Task<TestDomain>> Foreign = new(() => StartAsync("OTHER.TEST", 19));

    // 127.1.0 to 127.127.255: a net for each process of tests, as the loopback interface is one for all.
    private static readonly string Network = $"127.{1 + Convert.ToByte(TestRun.Name[..2], 16) % 127}.{Convert.ToByte(TestRun.Name[2..4], 16)}";

    private TestDomain(string folder, string address) => (Folder, Address) = (folder, address);

    public string Folder { get; }

    /// <summary>A loopback address that only this domain controller listens on.</summary>
    public string Address { get; }

    public static Task<TestDomain> GetAsync() => Shared.Value;

    /// <summary>Another domain with people and a service of the same names, which nobody trusts.</summary>
    public static Task<TestDomain> GetForeignAsync() => Foreign.Value;

    /// <summary>A portal's settings, as the README has them.</summary>
    public Dictionary<string, string> Settings(params ReadOnlySpan<string> servers)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SignIn:Methods:0"] = "ActiveDirectory",
            ["ActiveDirectory:BaseDn"] = "DC=lab,DC=test",
            ["ActiveDirectory:Realm"] = "lab.test",
            ["ActiveDirectory:TrustedCertificatesDirectory"] = $"{Folder}/tls/trust",
            ["ActiveDirectory:BindUser"] = "svc-ldap@lab.test",
            ["ActiveDirectory:BindPassword"] = Password,
            ["ActiveDirectory:Servers:0"] = Address,
            ["Roles:BootstrapGroup"] = "Portal-Admins",
            ["Roles:Grants:0:Group"] = "CN=Portal-Approvers,OU=Groups,OU=Portal,DC=lab,DC=test",
            ["Roles:Grants:0:Role"] = "Approver",
            ["Roles:Grants:1:Group"] = "Portal-Operators",
            ["Roles:Grants:1:Role"] = "Operator",
            ["Roles:Grants:2:Group"] = "Portal-Viewers",
            ["Roles:Grants:2:Role"] = "Viewer",
            ["Roles:Grants:3:Group"] = "Tricky (x) Group",
            ["Roles:Grants:3:Role"] = "Auditor",
            ["Roles:Grants:4:Group"] = "Portal-Planners",
            ["Roles:Grants:4:Role"] = "Planner",
        };
        for (var i = 0; i < servers.Length; i++)
            settings[$"ActiveDirectory:Servers:{i}"] = servers[i];
        return settings;
    }

    /// <summary>Changes the directory while it serves: <c>group removemembers Portal-Viewers leaver1</c>.</summary>
    public Task ChangeAsync(params string[] arguments) =>
        RunAsync("samba-tool", [.. arguments, "-H", $"tdb://{Folder}/private/sam.ldb", "-s", $"{Folder}/etc/smb.conf"]);

    internal static async Task<string> RunAsync(string command, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)}: {await errors}");
    }

    private static async Task<TestDomain> StartAsync(string realm, int host)
    {
        var folder = $"/tmp/mp-domain-{TestRun.Name}-{host}";
        var address = $"{Network}.{host}";
        await RunAsync("/usr/bin/python3", [Path.Combine(SourceFolder.Tests, "SignIn", "ActiveDirectory", "domain.py"), folder, address, realm]);
        var samba = Process.Start(new ProcessStartInfo("/usr/sbin/samba", ["-s", $"{folder}/etc/smb.conf", "-F", "--no-process-group", "-M", "single"])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            samba.Kill();
            Directory.Delete(folder, recursive: true);
        };
        await Eventually.TrueAsync(() => IsReadyAsync(address));
        return new(folder, address);
    }

    private static async Task<bool> IsReadyAsync(string address)
    {
        try
        {
            foreach (var port in new[] { 636, 88 })
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address, port);
            }

            return true;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }
}
