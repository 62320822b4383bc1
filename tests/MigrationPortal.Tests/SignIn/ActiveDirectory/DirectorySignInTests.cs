using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Name and password against a real domain controller.</summary>
public sealed class DirectorySignInTests
{
    private const string Refused = "/signin?failed=refused";

    [DomainTheory]
    [InlineData("viewer1", "Viewer group Portal-Viewers")]
    [InlineData("VIEWER1", "Viewer group Portal-Viewers")]
    [InlineData("LAB\\viewer1", "Viewer group Portal-Viewers")]
    [InlineData("viewer1@lab.test", "Viewer group Portal-Viewers")]
    [InlineData("approver1", "Approver group CN=Portal-Approvers,OU=Groups,OU=Portal,DC=lab,DC=test")]
    [InlineData("j.smith", "Operator group Portal-Operators")]
    [InlineData("oper1", "Operator group Portal-Operators; Auditor group Tricky (x) Group")]
    [InlineData("admin1", "Administrator group Portal-Admins (Roles:BootstrapGroup)")]
    public async Task SignIn_RightPassword_GivesTheRolesOfTheGroups(string name, string grants)
    {
        await using var portal = await StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        Assert.Equal("/rooms", await AttemptAsync(browser, name, TestDomain.Password));
        var me = JsonDocument.Parse(await browser.Http.GetStringAsync("api/v1/me")).RootElement;
        Assert.Equal(grants, string.Join("; ", me.GetProperty("grants").EnumerateArray().Select(x => $"{x.GetProperty("role")} {x.GetProperty("origin")}")));
        Assert.EndsWith("@lab.test", me.GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [DomainTheory]
    [InlineData("viewer1", "wrong", "SignIn.WrongPassword")]
    [InlineData("viewer1", "", "SignIn.Malformed")]
    [InlineData("", "", "SignIn.Malformed")]
    [InlineData("  ", "x", "SignIn.Malformed")]
    [InlineData("unknown", "x", "SignIn.UnknownName")]
    [InlineData("*", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("viewer1*", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("admin1)(|(sAMAccountName=*", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("admin1)(objectClass=*", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("CN=admin1,OU=People,OU=Portal,DC=lab,DC=test", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("viewer1@other.test", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("OTHER\\viewer1", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("DC1$", TestDomain.Password, "SignIn.UnknownName")]
    [InlineData("disabled1", TestDomain.Password, "SignIn.AccountDisabled")]
    [InlineData("expired1", TestDomain.Password, "SignIn.AccountExpired")]
    [InlineData("mustchange1", TestDomain.Password, "SignIn.PasswordMustChange")]
    public async Task SignIn_Refused_SaysWhyInTheAuditAloneAndNeverThePassword(string name, string password, string reason)
    {
        await using var portal = await StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        Assert.StartsWith(Refused, await AttemptAsync(browser, name, password), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("api/v1/me"));
        Assert.StartsWith(reason, await portal.Database.ScalarAsync<string>("select (details->>'cause')::jsonb->>'key' from portal.audit_entries where action = 'SignInRefused'"), StringComparison.Ordinal);
        Assert.Equal(0, await portal.Database.ScalarAsync<int>($"select count(*) from portal.audit_entries e where e::text like '%{TestDomain.Password}%'"));
    }

    [DomainFact]
    public async Task SignIn_NulOrVeryLongPassword_IsRefusedUnasked()
    {
        await using var portal = await StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        Assert.StartsWith(Refused, await AttemptAsync(browser, "viewer1", new string('x', 10_000)), StringComparison.Ordinal);
        // The form reader itself takes no NUL.
        Assert.Null(await AttemptAsync(browser, "viewer1", "Passw0rd!Lab\0x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("api/v1/me"));
    }

    [DomainFact]
    public async Task SignIn_WithoutTheFormsToken_IsLedToAFreshForm()
    {
        await using var portal = await StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["user"] = "viewer1", ["password"] = TestDomain.Password });
        using var answer = await browser.Http.PostAsync(new Uri("signin/ldap", UriKind.Relative), form);
        Assert.Equal("/signin?failed=expired", answer.Headers.Location?.OriginalString);
    }

    [DomainFact]
    public async Task SignIn_GuessedHowever_StopsBelowTheDomainsLockOut()
    {
        await using var portal = await StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        foreach (var spelling in new[] { "guessed1", "LAB\\guessed1", "GUESSED1@lab.test" })
            Assert.StartsWith(Refused, await AttemptAsync(browser, spelling, "wrong"), StringComparison.Ordinal);
        Assert.StartsWith("/signin?failed=wait", await AttemptAsync(browser, "guessed1", TestDomain.Password), StringComparison.Ordinal);
        // The domain locks at five: nobody is locked out of Windows by what was tried here.
        await using var other = await StartAsync();
        using var elsewhere = new PersonBrowser(other.Address);
        Assert.Equal("/rooms", await AttemptAsync(elsewhere, "guessed1", TestDomain.Password));
    }

    [DomainFact]
    public async Task SignIn_LockedAccount_IsRefusedEvenWithTheRightPassword()
    {
        var domain = await TestDomain.GetAsync();
        var settings = domain.Settings();
        settings["ActiveDirectory:MaxFailures"] = "50";
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = new PersonBrowser(portal.Address);
        for (var attempt = 0; attempt < 5; attempt++)
            await AttemptAsync(browser, "locked1", "wrong");
        Assert.StartsWith(Refused, await AttemptAsync(browser, "locked1", TestDomain.Password), StringComparison.Ordinal);
        Assert.Equal("SignIn.AccountLocked", await portal.Database.ScalarAsync<string>("select (details->>'cause')::jsonb->>'key' from portal.audit_entries order by id desc limit 1"));
    }

    [DomainFact]
    public async Task SignIn_ByStartTls_Works()
    {
        var settings = (await TestDomain.GetAsync()).Settings();
        settings["ActiveDirectory:Ldaps"] = "false";
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = new PersonBrowser(portal.Address);
        Assert.Equal("/rooms", await AttemptAsync(browser, "viewer1", TestDomain.Password));
    }

    [DomainFact]
    public async Task SignIn_FirstServerSilentSecondClosed_GoesOnWithTheThird()
    {
        var domain = await TestDomain.GetAsync();
        using var silent = new TcpListener(IPAddress.Parse(domain.Address[..^1] + "2"), 636);
        silent.Start();
        await using var portal = await PortalApp.StartAsync(domain.Settings(domain.Address[..^1] + "2", domain.Address[..^1] + "3", domain.Address));
        using var browser = new PersonBrowser(portal.Address);
        Assert.Equal("/rooms", await AttemptAsync(browser, "viewer1", TestDomain.Password));
    }

    [DomainTheory]
    [InlineData(1, "/rooms")]
    [InlineData(2, "/signin?failed=unavailable")]
    public async Task SignIn_OnlyServerLosesAnswers_AsksItOnceMore(int unanswered, string address)
    {
        var domain = await TestDomain.GetAsync();
        await using var relay = Relay.Start(domain.Address[..^1] + "9", domain.Address, unanswered);
        await using var portal = await PortalApp.StartAsync(domain.Settings(domain.Address[..^1] + "9"));
        using var browser = new PersonBrowser(portal.Address);
        Assert.StartsWith(address, await AttemptAsync(browser, "viewer1", TestDomain.Password), StringComparison.Ordinal);
    }

    [DomainFact]
    public async Task SignIn_NoServerAnswers_SaysSoAndNotThatThePasswordIsWrong()
    {
        var domain = await TestDomain.GetAsync();
        await using var portal = await PortalApp.StartAsync(domain.Settings(domain.Address[..^1] + "4"));
        using var browser = new PersonBrowser(portal.Address);
        Assert.StartsWith("/signin?failed=unavailable", await AttemptAsync(browser, "viewer1", TestDomain.Password), StringComparison.Ordinal);
    }

    private static async Task<string?> AttemptAsync(PersonBrowser browser, string name, string password)
    {
        using var answer = await browser.SubmitAsync("signin", "signin/ldap", new() { ["user"] = name, ["password"] = password, ["returnUrl"] = "/rooms" });
        return answer.Headers.Location?.OriginalString;
    }

    private static async Task<PortalApp> StartAsync() => await PortalApp.StartAsync((await TestDomain.GetAsync()).Settings());
}
