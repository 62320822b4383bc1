using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationPortal.App;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.KeyRing;

/// <summary>The key ring at rest, with real certificates and several nodes over one database.</summary>
public sealed class KeyRingTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public KeyRingTests() => Directory.CreateDirectory(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Certificate_GivenLater_SealsTheKeysThatLayOpen_AndTheyGoOnWorking()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var open = await PortalApp.StartNodeAsync(database);
        using var browser = new PersonBrowser(open.Address);
        var form = await browser.FormTokenAsync("signin");
        Assert.True(await OpenKeysAsync(database) >= 1);

        await using var first = await PortalApp.StartNodeAsync(database, Settings(Certificate("ring")));
        Assert.Equal(0, await OpenKeysAsync(database));
        await using var second = await PortalApp.StartNodeAsync(database, Settings(Certificate("ring")));
        foreach (var node in new[] { first, second })
            Assert.Equal("/", await SignInAsync(node, browser, form));
    }

    [Fact]
    public async Task Certificate_FromTheStart_NoKeyEverLiesOpen()
    {
        await using var portal = await PortalApp.StartAsync(Settings(Certificate("ring", "a password")));
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        Assert.True(await portal.Database.ScalarAsync<int>("select count(*) from portal.protection_keys where xml like '%encryptedSecret%'") >= 1);
        Assert.Equal(0, await OpenKeysAsync(portal.Database));
    }

    [Fact]
    public async Task Certificate_Renewed_OpensWhatTheFormerOneSealed()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        using var browser = new PersonBrowser(new Uri("http://127.0.0.1/"));
        string form;
        await using (var before = await PortalApp.StartNodeAsync(database, Settings(Certificate("former"))))
        {
            using var there = new PersonBrowser(before.Address);
            form = await there.FormTokenAsync("signin");
            browser.Cookies.Add(there.Cookies.GetAllCookies());
        }

        var settings = Settings(Certificate("renewed"));
        settings["DataProtection:FormerCertificates:0:CertificatePath"] = Certificate("former").Path;
        await using var after = await PortalApp.StartNodeAsync(database, settings);
        Assert.Equal("/", await SignInAsync(after, browser, form));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Certificate_GoneWithoutItsSuccessorKnowingIt_RefusesToStart(bool isReplaced)
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using (var before = await PortalApp.StartNodeAsync(database, Settings(Certificate("former"))))
        {
            using var browser = new PersonBrowser(before.Address);
            await browser.FormTokenAsync("signin");
        }

        var refused = await Record.ExceptionAsync(() => PortalApp.StartNodeAsync(database, isReplaced ? Settings(Certificate("renewed")) : null));
        Assert.StartsWith("DataProtection:CertificatePath: the key ring in the portal's database is sealed for the certificate", Assert.Single(Startup.SentencesOf(refused!)), StringComparison.Ordinal);
        await database.ExecuteAsync("update portal.protection_keys set xml = regexp_replace(xml, '<expirationDate>[^<]+', '<expirationDate>2020-01-01T00:00:00Z')");
        await using var later = await PortalApp.StartNodeAsync(database, isReplaced ? Settings(Certificate("renewed")) : null);
    }

    [Theory]
    [InlineData("CertificatePath", "nowhere.pfx", "", "DataProtection:CertificatePath names a file that cannot be used: ")]
    [InlineData("CertificatePath", "locked.pfx", "wrong", "DataProtection:CertificatePath names a file that cannot be used: ")]
    [InlineData("CertificatePath", "public.pem", "", "DataProtection:CertificatePath names a file that cannot be used: ")]
    [InlineData("CertificateThumbprint", "0123456789ABCDEF0123456789ABCDEF01234567", "", "DataProtection:CertificateThumbprint is 0123456789ABCDEF0123456789ABCDEF01234567, and no certificate")]
    [InlineData("FormerCertificates:0:CertificatePath", "nowhere.pfx", "", "DataProtection:FormerCertificates:0:CertificatePath names a file that cannot be used: ")]
    [InlineData("Certificate", "ring.pfx", "", "DataProtection:Certificate is not a known setting")]
    public async Task Start_CertificateThatCannotBeUsed_NamesTheKeyAndNotThePassword(string key, string value, string password, string sentence)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "public.pem"), X509CertificateLoader.LoadPkcs12FromFile(Certificate("locked", "right").Path, "right").ExportCertificatePem());
        var path = value.Contains('.', StringComparison.Ordinal) ? Path.Combine(_folder.Path, value) : value;
        List<string> arguments = ["--environment=Development", "--urls=http://127.0.0.1:0", "--Samples:Load=none", "--ConnectionStrings:Portal=Host=nowhere.invalid;Database=none", $"--DataProtection:{key}={path}"];
        if (password.Length > 0)
            arguments.Add($"--DataProtection:CertificatePassword={password}");
        var refused = await Record.ExceptionAsync(async () => await (await Program.BuildAsync([.. arguments])).DisposeAsync());
        var said = Assert.Single(Startup.SentencesOf(refused!));
        Assert.StartsWith(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("is wrong: wrong", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_WithoutACertificate_SaysItOnceWithTheRemedy()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var portal = PortalProcess.Start(_folder.Path, settings:
        [
            "--environment=Production", "--AllowedHosts=127.0.0.1", "--SignIn:Methods:0=EntraId", $"--AzureAd:TenantId={Guid.NewGuid()}", "--AzureAd:ClientId=portal", "--AzureAd:ClientSecret=s", "--Roles:BootstrapGroup=g",
            $"--ConnectionStrings:Portal={database.ConnectionString}",
        ]);
        using var browser = new PersonBrowser(await portal.AddressAsync());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("signin"));
        Assert.Equal(1, await OpenKeysAsync(database));
        await portal.StopAsync();
        Assert.Single(portal.Output.Split('\n'), x => x.Contains("Name a certificate in DataProtection:CertificatePath.", StringComparison.Ordinal));
        Assert.DoesNotContain("XML encryptor", portal.Output, StringComparison.Ordinal);
    }

    private static Task<int> OpenKeysAsync(TestDatabase database) => database.ScalarAsync<int>("select count(*) from portal.protection_keys where xml like '%<value>%'");

    private static async Task<string?> SignInAsync(PortalApp node, PersonBrowser browser, string form)
    {
        using var there = new PersonBrowser(node.Address);
        there.Cookies.Add(browser.Cookies.GetAllCookies());
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["persona"] = "planner", ["__RequestVerificationToken"] = form });
        using var answer = await there.Http.PostAsync(new Uri("signin/persona", UriKind.Relative), fields);
        return answer.Headers.Location?.OriginalString;
    }

    private static Dictionary<string, string> Settings((string Path, string? Password) certificate)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["DataProtection:CertificatePath"] = certificate.Path };
        if (certificate.Password is not null)
            settings["DataProtection:CertificatePassword"] = certificate.Password;
        return settings;
    }

    private (string Path, string? Password) Certificate(string name, string? password = null)
    {
        var path = Path.Combine(_folder.Path, $"{name}.pfx");
        if (!File.Exists(path))
        {
            using var rsa = RSA.Create(2048);
            var request = new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        }

        return (path, password);
    }
}
