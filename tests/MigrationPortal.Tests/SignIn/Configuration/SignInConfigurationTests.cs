using MigrationPortal.App;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.Configuration;

/// <summary>The configuration is judged by starting the portal; it refuses before it touches a database.</summary>
public sealed class SignInConfigurationTests
{
    [Fact]
    public async Task Start_ManyMistakes_NamesEachByItsKeyAtOnce()
    {
        var sentences = await RefusalsAsync(
            "--SignIn:Methods:0=EntraId", "--SignIn:Methods:1=ActiveDirectory", "--SignIn:Methods:2=Passkey", "--SignIn:IdleTimeout=00:00:00", "--SignIn:Idle=1",
            "--AzureAd:TenantId=common", "--AzureAd:ClientSecret=hunter2", "--AzureAd:Instance=http://login.example/",
            "--ActiveDirectory:Realm=CORP", "--ActiveDirectory:Port=0", "--ActiveDirectory:Server=dc1",
            "--Roles:Grants:0:Group=g", "--Roles:Grants:0:Role=Boss", "--Roles:Grants:1:Group=g", "--Roles:Grants:1:Role=Planner", "--Roles:Grants:1:PoolPair=nowhere");
        string[] expected =
        [
            "SignIn:Methods:2 is 'Passkey'", "SignIn:IdleTimeout is 00:00:00", "SignIn:Idle is not a known setting",
            "AzureAd:TenantId is 'common'", "AzureAd:ClientId is missing", "AzureAd:Instance is not https",
            "ActiveDirectory:Servers is empty", "ActiveDirectory:BaseDn is missing", "ActiveDirectory:Realm is missing or is not a DNS name", "ActiveDirectory:Port is 0",
            "ActiveDirectory:BindUser and ActiveDirectory:BindPassword", "ActiveDirectory:Server is not a known setting",
            "Roles:Grants:0:Role is 'Boss'", "Roles:Grants:1:PoolPair is 'nowhere'", "Roles:BootstrapGroup is empty",
        ];
        Assert.All(expected, key => Assert.Contains(sentences, x => x.StartsWith(key, StringComparison.Ordinal)));
        Assert.DoesNotContain(sentences, x => x.Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal(sentences.Count, sentences.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Start_NobodyCouldAdminister_NamesTheKey()
    {
        var sentence = Assert.Single(await RefusalsAsync(
            "--SignIn:Methods:0=EntraId", $"--AzureAd:TenantId={Guid.NewGuid()}", "--AzureAd:ClientId=portal", "--AzureAd:ClientSecret=s",
            "--Roles:Grants:0:Group=g", "--Roles:Grants:0:Role=Planner"));
        Assert.StartsWith("Roles:BootstrapGroup is empty", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "http://127.0.0.1:0", "SignIn:Methods names Development, but the environment is Production")]
    [InlineData("Development", "http://0.0.0.0:0", "SignIn:Methods names Development, but the portal listens on http://0.0.0.0:0")]
    [InlineData("Development", "http://*:0", "SignIn:Methods names Development, but the portal listens on http://*:0")]
    [InlineData("Development", "http://[::]:0", "SignIn:Methods names Development, but the portal listens on http://[::]:0")]
    public async Task Start_DevelopmentOffItsPlace_IsRefusedInOneSentence(string environment, string urls, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(await RefusalsAsync("--SignIn:Methods:0=Development", $"--environment={environment}", $"--urls={urls}")), StringComparison.Ordinal);

    [Fact]
    public async Task Start_DevelopmentBesideAnother_IsRefused() =>
        Assert.Contains(
            await RefusalsAsync("--SignIn:Methods:0=Development", "--SignIn:Methods:1=Kerberos", "--environment=Development"),
            x => x.StartsWith("SignIn:Methods names Development beside others", StringComparison.Ordinal));

    [Theory]
    [InlineData("--AllowedHosts=*", "AllowedHosts is empty or *")]
    [InlineData("--ForwardedHeaders_Enabled=true", "ForwardedHeaders_Enabled (ASPNETCORE_FORWARDEDHEADERS_ENABLED) is true")]
    [InlineData("--Proxies:Addresses:0=proxy.contoso.com", "Proxies:Addresses:0 is 'proxy.contoso.com'")]
    [InlineData("--Proxies:Networks:0=10.0.0.0/99", "Proxies:Networks:0 is '10.0.0.0/99'")]
    public async Task Start_BelievingStrangers_IsRefused(string argument, string sentence) =>
        Assert.StartsWith(
            sentence,
            Assert.Single(await RefusalsAsync("--SignIn:Methods:0=EntraId", $"--AzureAd:TenantId={Guid.NewGuid()}", "--AzureAd:ClientId=p", "--AzureAd:ClientSecret=s", "--Roles:BootstrapGroup=g", argument)),
            StringComparison.Ordinal);

    [Fact]
    public async Task Start_TrustingAnEmptyFolder_NamesTheKey()
    {
        using var empty = new TemporaryDirectory();
        Directory.CreateDirectory(empty.Path);
        Assert.Contains(
            await RefusalsAsync("--SignIn:Methods:0=ActiveDirectory", $"--ActiveDirectory:TrustedCertificatesDirectory={empty.Path}"),
            x => x.StartsWith($"ActiveDirectory:TrustedCertificatesDirectory is {empty.Path}, which has no certificate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_BehindTheAppServicesOwnAuthentication_IsRefused()
    {
        // With it, Microsoft.Identity.Web would believe a header that anybody can send.
        using var directory = new TemporaryDirectory();
        await using var portal = PortalProcess.Start(
            directory.Path, settings: ["--SignIn:Methods:0=EntraId"], variables: new Dictionary<string, string>(StringComparer.Ordinal) { ["WEBSITE_AUTH_ENABLED"] = "True" });
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains("WEBSITE_AUTH_ENABLED is in the environment", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TimeThatIsNone_NamesTheKey() =>
        Assert.Contains("SignIn:IdleTimeout", Assert.Single(await RefusalsAsync("--SignIn:IdleTimeout=soon", "--environment=Development")), StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> RefusalsAsync(params string[] arguments)
    {
        string[] all = ["--environment=Production", "--urls=http://127.0.0.1:0", "--Samples:Load=none", "--AllowedHosts=portal.example", "--ConnectionStrings:Portal=Host=nowhere.invalid;Database=none", .. arguments];
        var refused = await Record.ExceptionAsync(async () => await (await Program.BuildAsync(all)).DisposeAsync());
        Assert.NotNull(refused);
        return Startup.SentencesOf(refused);
    }
}
