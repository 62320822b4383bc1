using System.Net;
using MigrationPortal.SignIn;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn.Sessions;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>What the directory takes away reaches people who are already in.</summary>
public sealed class DirectoryRecheckTests
{
    private const string Me = "api/v1/me";

    [DomainFact]
    public async Task GroupsChangedWhileSignedIn_AreFollowedAndRecorded()
    {
        var domain = await TestDomain.GetAsync();
        await using var portal = await StartAsync(domain);
        using var browser = await SignInAsync(portal, "mover1");
        Assert.Contains("\"Viewer\"", await browser.Http.GetStringAsync(Me), StringComparison.Ordinal);

        await domain.ChangeAsync("group", "addmembers", "Portal-Operators", "mover1");
        await Eventually.TrueAsync(async () => (await browser.Http.GetStringAsync(Me)).Contains("\"Operator\"", StringComparison.Ordinal));
        await domain.ChangeAsync("group", "removemembers", "Portal-Operators", "mover1");
        await domain.ChangeAsync("group", "removemembers", "Portal-Viewers", "mover1");
        await Eventually.TrueAsync(async () => await browser.StatusAsync(Me) == HttpStatusCode.Forbidden);
        Assert.True(await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'MembershipsChanged' and subject = 'person:mover1@lab.test'") >= 2);
    }

    [DomainFact]
    public async Task AccountDisabledWhileSignedIn_EndsEverySession()
    {
        var domain = await TestDomain.GetAsync();
        await using var portal = await StartAsync(domain);
        using var browser = await SignInAsync(portal, "leaver1");
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Me));
        await domain.ChangeAsync("user", "disable", "leaver1");
        await Eventually.TrueAsync(async () => await browser.StatusAsync(Me) == HttpStatusCode.Unauthorized);
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'PersonBarred'"));
        // Whoever is let in again signs in again: another one's copy of the cookie stays worth nothing.
        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select count(*) from portal.sessions where ended_at is null"));
    }

    [DomainFact]
    public async Task DangerousCommand_AsksTheDirectoryAtOnce()
    {
        var domain = await TestDomain.GetAsync();
        var settings = domain.Settings();
        settings["SignIn:RecheckInterval"] = "01:00:00";
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = await SignInAsync(portal, "planner1");
        var stale = await SessionTests.CallerAsync(portal, browser);
        var rights = portal.Get<FreshRights>();
        Assert.True((await rights.RequireAsync(stale, Role.Planner, "Planning", CancellationToken.None)).IsDone);
        await domain.ChangeAsync("group", "removemembers", "Portal-Planners", "planner1");
        try
        {
            Assert.Equal("not-allowed", (await rights.RequireAsync(stale, Role.Planner, "Planning", CancellationToken.None)).Refusal?.Code);
        }
        finally
        {
            await domain.ChangeAsync("group", "addmembers", "Portal-Planners", "planner1");
        }
    }

    [DomainFact]
    public async Task DirectorySilent_ReadingGoesOnForAWhile_DangerousCommandsDoNot()
    {
        var domain = await TestDomain.GetAsync();
        await using var portal = await StartAsync(domain);
        using var browser = await SignInAsync(portal, "approver1");
        var caller = await SessionTests.CallerAsync(portal, browser);
        await portal.Database.ExecuteAsync("update portal.people set checked_at = now() - interval '2 minutes'");

        await using var silent = await PortalApp.StartNodeAsync(portal.Database, Silent(domain, "00:10:00"));
        using var there = Copy(browser, silent);
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync(Me));
        Assert.Equal("directory-unavailable", (await silent.Get<FreshRights>().RequireAsync(caller, Role.Approver, "Approving", CancellationToken.None)).Refusal?.Code);

        await using var strict = await PortalApp.StartNodeAsync(portal.Database, Silent(domain, "00:00:00"));
        using var nowhere = Copy(browser, strict);
        Assert.Equal(HttpStatusCode.Unauthorized, await nowhere.StatusAsync(Me));
    }

    private static PersonBrowser Copy(PersonBrowser browser, PortalApp node)
    {
        var copy = new PersonBrowser(node.Address);
        copy.Cookies.Add(node.Address, new Cookie("portal", browser.Cookie("portal")));
        return copy;
    }

    private static Dictionary<string, string> Silent(TestDomain domain, string grace)
    {
        var settings = domain.Settings(domain.Address[..^1] + "7");
        settings["SignIn:RecheckInterval"] = "00:00:01";
        settings["SignIn:DirectoryGrace"] = grace;
        return settings;
    }

    private static Task<PortalApp> StartAsync(TestDomain domain)
    {
        var settings = domain.Settings();
        settings["SignIn:RecheckInterval"] = "00:00:01";
        return PortalApp.StartAsync(settings);
    }

    private static async Task<PersonBrowser> SignInAsync(PortalApp portal, string name)
    {
        var browser = new PersonBrowser(portal.Address);
        using var answer = await browser.SubmitAsync("signin", "signin/ldap", new() { ["user"] = name, ["password"] = TestDomain.Password });
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        return browser;
    }
}
