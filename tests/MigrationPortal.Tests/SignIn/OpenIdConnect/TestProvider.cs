using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <summary>Runs where npm's oidc-provider is installed, as tests/run.sh does; elsewhere it is reported as skipped.</summary>
internal static class NodePackages
{
    public static string? Missing { get; } = Directory.Exists(Path.Combine(SourceFolder.Tests, "node_modules", "oidc-provider"))
        ? null
        : "npm's oidc-provider is not installed: run 'npm ci' in tests/MigrationPortal.Tests.";
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class ProviderFactAttribute : FactAttribute
{
    public ProviderFactAttribute() => Skip = NodePackages.Missing;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class ProviderTheoryAttribute : TheoryAttribute
{
    public ProviderTheoryAttribute() => Skip = NodePackages.Missing;
}

/// <summary>A certified OpenID provider of its own for each test process, started by the first test that asks.</summary>
internal sealed class TestProvider
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    private static readonly Lazy<Task<TestProvider>> Shared = new(() => StartAsync());

    private readonly Process _process;

    private TestProvider(Process process, int port, string certificate) => (_process, Port, Certificate) = (process, port, certificate);

    public int Port { get; }

    /// <summary>A PFX without password that the client <c>portal-certificate</c> proves itself with.</summary>
    public string Certificate { get; }

    public string Authority => $"http://localhost:{Port}/{Tenant}/v2.0";

    public static Task<TestProvider> GetAsync() => Shared.Value;

    public static async Task<TestProvider> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mp-provider-").FullName;
        var (pfx, jwk) = MakeCertificate(folder);
        var port = FreePort.Find();
        var start = new ProcessStartInfo("node", [Path.Combine(SourceFolder.Tests, "SignIn", "OpenIdConnect", "provider.mjs"), $"{port}", Tenant, jwk])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = SourceFolder.Tests,
        };
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data == "listening")
                listening.TrySetResult();
        };
        process.BeginOutputReadLine();
        await listening.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return new(process, port, pfx);
    }

    public void Kill() => _process.Kill();

    /// <summary>A portal's settings for Entra ID, as the README has them, but for the authority's place.</summary>
    public Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["SignIn:Methods:0"] = "EntraId",
        ["AzureAd:Instance"] = $"http://localhost:{Port}/",
        ["AzureAd:TenantId"] = Tenant,
        ["AzureAd:ClientId"] = "portal",
        ["AzureAd:ClientSecret"] = "portal-secret-portal-secret-portal",
        ["Roles:BootstrapGroup"] = "0f0e0d0c-admins",
        ["Roles:Grants:0:Group"] = "g-planners",
        ["Roles:Grants:0:Role"] = "Planner",
    };

    private static (string Pfx, string Jwk) MakeCertificate(string folder)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=MigrationPortal", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        var (pfx, jwk) = (Path.Combine(folder, "portal.pfx"), Path.Combine(folder, "portal.jwk"));
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pfx));
        var key = rsa.ExportParameters(false);
        File.WriteAllText(jwk, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["n"] = System.Buffers.Text.Base64Url.EncodeToString(key.Modulus),
            ["e"] = System.Buffers.Text.Base64Url.EncodeToString(key.Exponent),
            ["x5t#S256"] = System.Buffers.Text.Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)),
        }));
        return (pfx, jwk);
    }
}
