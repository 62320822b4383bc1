using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Access;
using MigrationPortal.SignIn.Development;
using MigrationPortal.SignIn.People;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn.Sessions;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Tests.SignIn.Access;

/// <summary>The pages about oneself, roles, sessions and tokens in each of their states.</summary>
public sealed class AccessPagesTests
{
    [Fact]
    public async Task Pages_BeforeTheirDataIsThere_SayThatTheyAreBusyAndWhoseTheyAre()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser), isInteractive: false);
        var me = context.Render<MePage>();
        Assert.Equal("Administrator", me.Find("h1").TextContent.Trim());
        Assert.Equal(2, me.FindAll(".grid[aria-busy=true]").Count);
        Assert.Equal(2, context.Render<SessionsPage>().FindAll(".grid[aria-busy=true]").Count);
        Assert.Single(context.Render<RolesPage>().FindAll(".grid[aria-busy=true]"));
    }

    [Fact]
    public async Task Me_Filled_ShowsRolesWithTheirOriginAndMarksThisSession()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        using var other = await PersonBrowser.SignedInAsync(portal, "planner");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));
        var page = context.Render<MePage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr td.n button").Count));
        Assert.Contains("Planner", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-own-session]"));
        page.WaitForAssertion(() => Assert.Contains("No API tokens yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Me_EndingAnotherSession_AsksFirst()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        using var other = await PersonBrowser.SignedInAsync(portal, "planner");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));
        var page = context.Render<MePage>();
        page.WaitForState(() => page.FindAll("tbody tr td.n button").Count == 2);
        var dialogs = context.RenderDialogs();
        Assert.Equal("End session?", await dialogs.AnswerAsync(OtherEndAsync(page), isConfirmed: false));
        Assert.Equal(2, await LiveSessionsAsync(portal));
        Assert.Equal("End session?", await dialogs.AnswerAsync(OtherEndAsync(page), isConfirmed: true));
        page.WaitForState(() => page.FindAll("tbody tr td.n button").Count == 1);
        Assert.Equal(1, await LiveSessionsAsync(portal));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, await other.StatusAsync("api/v1/me"));
    }

    [Fact]
    public async Task Me_TokenMade_IsShownOnceAndNeverAgain()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));
        var page = context.Render<MePage>();
        page.WaitForState(() => page.FindAll(".new-token form").Count == 1);
        await page.InvokeAsync(() => page.Find(".new-token form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Give it one or more of your roles", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find("input[name=label]").InputAsync("night report"));
        await page.InvokeAsync(() => page.Find("input[type=checkbox]").ChangeAsync(true));
        await page.InvokeAsync(() => page.Find(".new-token form").SubmitAsync());
        page.WaitForState(() => page.FindAll("[data-secret]").Count == 1 && page.Markup.Contains("night report", StringComparison.Ordinal));
        var secret = page.Find("[data-secret]").TextContent.Trim();
        Assert.StartsWith(ApiToken.Prefix, secret, StringComparison.Ordinal);
        Assert.Equal(2, page.Markup.Split(secret).Length);
        Assert.Empty(page.FindAll(".new-token form"));
        await page.InvokeAsync(() => page.Find(".made button").ClickAsync());
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
        Assert.Contains(secret[..ApiToken.StartLength], page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, context.Render<MePage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Me_TokenFormSentTwice_MakesOne()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));
        var page = context.Render<MePage>();
        page.WaitForState(() => page.FindAll(".new-token form").Count == 1);
        await page.InvokeAsync(() => page.Find("input[name=label]").InputAsync("night report"));
        await page.InvokeAsync(() => page.Find("input[type=checkbox]").ChangeAsync(true));

        Task[] clicks;
        await using (await HeldTable.HoldAsync(portal.Database, "portal.api_tokens"))
        {
            clicks = [page.InvokeAsync(() => page.Find(".new-token form").SubmitAsync()), page.InvokeAsync(() => page.Find(".new-token form").SubmitAsync())];
            page.WaitForAssertion(() => Assert.Equal("true", page.Find(".new-token form button[type=submit]").GetAttribute("aria-busy")));
        }

        await Task.WhenAll(clicks);
        page.WaitForState(() => page.FindAll("[data-secret]").Count == 1);
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.api_tokens where label = 'night report'"));
    }

    [Fact]
    public async Task Sessions_ForAnybodyElse_AreRefusedWithTheWayToOnesOwn()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "viewer");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));
        var page = context.Render<SessionsPage>();
        page.WaitForState(() => page.Markup.Contains("For administrators", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
        Assert.Equal("/me", page.Find(".state a").GetAttribute("href"));
        var roles = context.Render<RolesPage>();
        roles.WaitForState(() => roles.Markup.Contains("For administrators", StringComparison.Ordinal));
        Assert.DoesNotContain("Last signed in", roles.Markup, StringComparison.Ordinal);
        Assert.Contains("Start, pause, resume", roles.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_Administrator_RevokesATokenAfterBeingAsked()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        var planner = Persona.Find("planner")!.ToCaller();
        Assert.True((await portal.Get<CreateTokenHandler>().HandleAsync(new("night report", ["Planner"], 7), planner, CancellationToken.None)).IsDone);
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));
        var page = context.Render<SessionsPage>();
        page.WaitForState(() => page.FindAll("button.d").Count == 1);
        var dialogs = context.RenderDialogs();
        await dialogs.AnswerAsync(page.InvokeAsync(() => page.Find("button.d").ClickAsync()), isConfirmed: false);
        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select count(*) from portal.api_tokens where revoked_at is not null"));
        await dialogs.AnswerAsync(page.InvokeAsync(() => page.Find("button.d").ClickAsync()), isConfirmed: true);
        page.WaitForState(() => page.FindAll("button.d").Count == 0 && page.Markup.Contains("revoked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_RightsLostMeanwhile_SaysSoAndKeepsThePage()
    {
        await using var portal = await PortalApp.StartAsync();
        using var viewer = await PersonBrowser.SignedInAsync(portal, "viewer");
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        var administrator = await SessionTests.CallerAsync(portal, browser);
        await using var context = new PageContext(portal.Services, administrator);
        var page = context.Render<SessionsPage>();
        page.WaitForState(() => page.FindAll("td.n button").Count == 2);
        await portal.Database.ExecuteAsync($"update portal.sessions set ended_at = now() where id = {administrator.SessionId}");
        var dialogs = context.RenderDialogs();
        await dialogs.AnswerAsync(
            page.InvokeAsync(() => page.FindAll("tbody tr").Single(x => x.QuerySelector("[data-own-session]") is null && x.QuerySelector("td.n button") is not null).QuerySelector("td.n button")!.ClickAsync()), isConfirmed: true);
        page.WaitForAssertion(() => Assert.Contains(context.Services.GetRequiredService<ISnackbar>().ShownSnackbars, x => x.Severity == MudBlazor.Severity.Warning));
        Assert.Equal(System.Net.HttpStatusCode.OK, await viewer.StatusAsync("api/v1/me"));
    }

    [Fact]
    public async Task Sessions_NoneLeft_SaysSo()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = new PageContext(portal.Services, Persona.Find("administrator")!.ToCaller());
        var page = context.Render<SessionsPage>();
        page.WaitForState(() => page.Markup.Contains("No sessions", StringComparison.Ordinal) && page.Markup.Contains("No API tokens yet", StringComparison.Ordinal));
        var roles = context.Render<RolesPage>();
        roles.WaitForState(() => roles.Markup.Contains("No known users yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Roles_Filled_ShowTheMatrixTheGroupsAndWhyPeopleAreBarred()
    {
        await using var portal = await PortalApp.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Roles:BootstrapGroup"] = "Portal-Admins",
            ["Roles:Grants:0:Group"] = "Trading-Planners",
            ["Roles:Grants:0:Role"] = "Planner",
            ["Roles:Grants:0:Category"] = "Trading",
        });
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        var caller = await SessionTests.CallerAsync(portal, browser);
        await portal.Get<KnownPeople>().RecordAsync(Persona.Find("viewer")!.ToProven(), CancellationToken.None);
        await portal.Database.ExecuteAsync("update portal.people set barred = to_jsonb('the account is disabled'::text) where key = 'viewer'");
        await using var context = new PageContext(portal.Services, caller);
        var page = context.Render<RolesPage>();
        page.WaitForState(() => page.Markup.Contains("the account is disabled", StringComparison.Ordinal));
        Assert.Contains("category Trading", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Portal-Admins", page.Markup, StringComparison.Ordinal);
        Assert.Equal(portal.Get<RoleActions>().All.Sum(x => x.Roles.Count) + Enum.GetValues<Role>().Length, page.FindAll(".tick").Count);
    }

    private static async Task OtherEndAsync(IRenderedComponent<MePage> page) =>
        await page.InvokeAsync(() => page.FindAll("tbody tr").Single(x => x.QuerySelector("[data-own-session]") is null && x.QuerySelector("td.n button") is not null).QuerySelector("td.n button")!.ClickAsync());

    private static Task<int> LiveSessionsAsync(PortalApp portal) => portal.Database.ScalarAsync<int>("select count(*) from portal.sessions where ended_at is null");
}
