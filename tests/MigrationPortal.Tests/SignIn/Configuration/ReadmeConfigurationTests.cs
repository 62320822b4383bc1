using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using MigrationPortal.App;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.Configuration;

/// <summary>What the README tells people to write is what the portal takes: each of its sections gets as far as the database.</summary>
public sealed partial class ReadmeConfigurationTests
{
    [Fact]
    public async Task SignInSections_EachOfThem_AreAccepted()
    {
        using var folder = new TemporaryDirectory("portal");
        Prepare(folder.Path);
        var readme = await File.ReadAllTextAsync(Path.Combine(SourceFolder.Tests, "..", "..", "README.md"));
        var sections = Json().Matches(readme[readme.IndexOf("## Signing in", StringComparison.Ordinal)..]).Select(x => x.Groups["json"].Value).ToList();
        Assert.Equal(4, sections.Count);
        foreach (var section in sections)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, "section.json"), section.Replace("/etc/portal", folder.Path, StringComparison.Ordinal));
            var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder.Path, "section.json")).Build().AsEnumerable().Where(x => x.Value is not null);
            string[] arguments =
            [
                "--environment=Production", "--urls=http://127.0.0.1:0", "--Samples:Load=none", "--ConnectionStrings:Portal=Host=127.0.0.1;Port=1;Database=none;Timeout=1",
                .. settings.Select(x => $"--{x.Key}={x.Value}"),
            ];
            var refused = await Record.ExceptionAsync(async () => await (await Program.BuildAsync(arguments)).DisposeAsync());
            Assert.StartsWith("The portal's database", Assert.Single(Startup.SentencesOf(refused!)), StringComparison.Ordinal);
        }
    }

    private static void Prepare(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "ad-ca"));
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=portal", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllBytes(Path.Combine(folder, "portal.pfx"), certificate.Export(X509ContentType.Pfx));
        File.WriteAllText(Path.Combine(folder, "ad-ca", "ca.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "http.keytab"), "");
        Environment.SetEnvironmentVariable("KRB5_KTNAME", Path.Combine(folder, "http.keytab"));
    }

    [GeneratedRegex("```json\\n(?<json>.+?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Json();
}
