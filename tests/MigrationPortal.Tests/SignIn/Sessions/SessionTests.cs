using System.Net;
using MigrationPortal.SignIn;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.Sessions;

public sealed class SessionTests
{
    private const string Me = "api/v1/me";

    [Fact]
    public async Task SignIn_Persona_KeepsOnlyTheHashOfTheCookie()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Me));
        var key = browser.Cookie("portal")!;
        Assert.Equal(Convert.ToHexStringLower(Secret.Hash(key)), await portal.Database.ScalarAsync<string>("select encode(key_hash, 'hex') from portal.sessions"));
        Assert.Equal(0, await portal.Database.ScalarAsync<int>($"select count(*) from portal.sessions s where s::text like '%{key}%'"));
    }

    [Fact]
    public async Task SignOut_CookieThatWasCopied_IsDeadAtOnce()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        using var thief = new PersonBrowser(portal.Address);
        thief.Cookies.Add(portal.Address, new Cookie("portal", browser.Cookie("portal")));
        Assert.Equal(HttpStatusCode.OK, await thief.StatusAsync(Me));

        using var answer = await browser.SubmitAsync("denied", "signout", []);
        Assert.Equal("/signin", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusAsync(Me));
        Assert.Equal("signed out", await portal.Database.ScalarAsync<string>("select end_reason from portal.sessions"));
    }

    [Fact]
    public async Task SignOut_WithoutAntiforgery_KeepsTheSession()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        using var form = new FormUrlEncodedContent([]);
        using var answer = await browser.Http.PostAsync(new Uri("signout", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Me));
    }

    [Fact]
    public async Task SignOut_WithAFormThatSomebodyElseLeftOpen_KeepsTheSession()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        var former = await browser.FormTokenAsync("denied");
        using var other = await browser.SubmitAsync("signin", "signin/persona", new() { ["persona"] = "approver" });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = former });
        using var answer = await browser.Http.PostAsync(new Uri("signout", UriKind.Relative), form);
        Assert.Contains("\"approver\"", await browser.Http.GetStringAsync(Me), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_OverAnotherSession_EndsItAndTakesANewKey()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        var former = browser.Cookie("portal");
        using var answer = await browser.SubmitAsync("signin", "signin/persona", new() { ["persona"] = "approver" });

        Assert.NotEqual(former, browser.Cookie("portal"));
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.sessions where ended_at is null"));
        Assert.Contains("\"approver\"", await browser.Http.GetStringAsync(Me), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expires_at = now()")]
    [InlineData("last_seen_at = now() - interval '3 hours'")]
    public async Task Session_TooOldOrIdle_LetsNobodyIn(string change)
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        await portal.Database.ExecuteAsync($"update portal.sessions set {change}");
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Me));
        using var page = await browser.GetAsync("rooms?pair=x");
        Assert.Equal("/signin?returnUrl=%2Frooms%3Fpair%3Dx", page.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Session_Used_CountsAsSeen()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        await portal.Database.ExecuteAsync("update portal.sessions set last_seen_at = now() - interval '1 hour'");
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Me));
        Assert.True(await portal.Database.ScalarAsync<bool>("select last_seen_at > now() - interval '1 minute' from portal.sessions"));
    }

    [Fact]
    public async Task SignOutEverywhere_EndsEveryBrowserOfThatPersonAlone()
    {
        await using var portal = await PortalApp.StartAsync();
        using var first = await PersonBrowser.SignedInAsync(portal, "planner");
        using var second = await PersonBrowser.SignedInAsync(portal, "planner");
        using var other = await PersonBrowser.SignedInAsync(portal, "viewer");
        var caller = await CallerAsync(portal, first);

        var ended = await portal.Get<EndSessionsHandler>().EndOwnAsync(caller, CancellationToken.None);
        Assert.Equal(2, ended.Value);
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'SignedOutEverywhere'"));
        Assert.Equal(HttpStatusCode.Unauthorized, await first.StatusAsync(Me));
        Assert.Equal(HttpStatusCode.Unauthorized, await second.StatusAsync(Me));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(Me));
    }

    [Fact]
    public async Task EndOne_SomebodyElses_NeedsAdministrator()
    {
        await using var portal = await PortalApp.StartAsync();
        using var planner = await PersonBrowser.SignedInAsync(portal, "planner");
        using var viewer = await PersonBrowser.SignedInAsync(portal, "viewer");
        using var administrator = await PersonBrowser.SignedInAsync(portal, "administrator");
        var theirs = (await CallerAsync(portal, viewer)).SessionId!.Value;
        var ending = portal.Get<EndSessionsHandler>();

        Assert.Equal("not-allowed", (await ending.EndOneAsync(theirs, await CallerAsync(portal, planner), CancellationToken.None)).Refusal?.Code);
        Assert.Equal(HttpStatusCode.OK, await viewer.StatusAsync(Me));
        Assert.True((await ending.EndOneAsync(theirs, await CallerAsync(portal, administrator), CancellationToken.None)).IsDone);
        Assert.Equal(HttpStatusCode.Unauthorized, await viewer.StatusAsync(Me));
    }

    [Fact]
    public async Task FreshRights_SessionThatEndedMeanwhile_RefusesAtOnce()
    {
        await using var portal = await PortalApp.StartAsync();
        using var approver = await PersonBrowser.SignedInAsync(portal, "approver");
        var stale = await CallerAsync(portal, approver);
        var rights = portal.Get<FreshRights>();
        Assert.True((await rights.RequireAsync(stale, Role.Approver, "Approving a plan", CancellationToken.None)).IsDone);

        await portal.Database.ExecuteAsync("update portal.sessions set ended_at = now()");
        Assert.Equal("session-ended", (await rights.RequireAsync(stale, Role.Approver, "Approving a plan", CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task KeyRing_IsInThePortalDatabase()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        Assert.True(await portal.Database.ScalarAsync<int>("select count(*) from portal.protection_keys") >= 1);
    }

    internal static async Task<Caller> CallerAsync(PortalApp portal, PersonBrowser browser) =>
        (await portal.Get<LiveSessions>().FindAsync(browser.Cookie("portal")!, CancellationToken.None))!.Caller;
}
