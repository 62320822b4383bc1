using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Tests.SignIn.ActiveDirectory;
using MigrationPortal.Tests.SignIn.OpenIdConnect;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd.SignIn;

/// <summary>Real Chromium through each of the ways, against a real provider and a real domain controller.</summary>
[Collection(PortalCollection.Name)]
public sealed class SignInJourneyTests(RunningPortal browsers, SignInPortals portals) : IClassFixture<SignInPortals>
{
    [ProviderFact]
    public async Task Provider_InAndOutAgain_BackButtonShowsNothing()
    {
        await using var portal = await SignInPortal.StartAsync((await TestProvider.GetAsync()).Settings());
        var page = await portal.PageAsync(browsers);
        await page.GotoAsync("/administration/roles");
        await Expect(page).ToHaveURLAsync($"{portal.Address}/signin?returnUrl=%2Fadministration%2Froles");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Microsoft Entra ID" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync("anna:Approver:g-planners");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{portal.Address}/administration/roles");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Roles and permissions" })).ToBeVisibleAsync();

        await page.GotoAsync("/me");
        await Expect(page.GetByText("group g-planners")).ToBeVisibleAsync();
        await page.KeepAsync("me-provider");
        // The sessions come with the circuit: before it, the page would be drawn anew and the menu with it.
        await page.SettleAsync();
        await page.Locator(".person button").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{portal.Address}/signin");
        await Expect(page.GetByText("Used last time")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByText("group g-planners")).Not.ToBeVisibleAsync();
        await page.GotoAsync("/me");
        await Expect(page).ToHaveURLAsync($"{portal.Address}/signin?returnUrl=%2Fme");
    }

    [DomainFact]
    public async Task Form_TwoPeopleAtOnce_EachFollowsWhatTheDirectoryTakesAway()
    {
        var domain = await TestDomain.GetAsync();
        var portal = await portals.OfDomainAsync();
        var mover = await portal.PageAsync(browsers);
        var administrator = await portal.PageAsync(browsers);
        await SignInAsync(mover, "mover1");
        await SignInAsync(administrator, "admin1");
        await Expect(mover.GetByRole(AriaRole.Heading, new() { Name = "Mover1" })).ToBeVisibleAsync();
        await Expect(administrator.GetByText("Roles:BootstrapGroup")).ToBeVisibleAsync();

        // Nobody touches the open page: its role goes, then its session.
        await domain.ChangeAsync("group", "removemembers", "Portal-Viewers", "mover1");
        await Expect(mover.GetByText("You don’t have access").First).ToBeVisibleAsync();
        await administrator.GotoAsync("/administration/sessions");
        var row = administrator.Locator("tr", new() { HasText = "Mover1" });
        await row.GetByRole(AriaRole.Button, new() { Name = "End session" }).ClickAsync();
        await administrator.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End session", Exact = true }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await Expect(mover).ToHaveURLAsync($"{portal.Address}/signin?returnUrl=%2Fme");
    }

    [DomainFact]
    public async Task Form_WrongPasswordThenRight_IsDoneByKeyboardAlone()
    {
        var portal = await portals.OfDomainAsync();
        var page = await portal.PageAsync(browsers);
        await page.GotoAsync("/signin?returnUrl=%2Fme&lang=de");
        await Expect(page.Locator("#user")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("viewer1");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("falsch");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Anmeldung fehlgeschlagen");
        await Expect(page.Locator("#user")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("viewer1");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(TestDomain.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync($"{portal.Address}/me");
    }

    [DomainFact]
    public async Task Form_NobodyWithARole_IsToldWhomToAsk()
    {
        var portal = await portals.OfDomainAsync();
        var page = await portal.PageAsync(browsers);
        await page.GotoAsync("/signin");
        await FillAsync(page, "nobody1");
        await Expect(page).ToHaveURLAsync($"{portal.Address}/denied");
        await Expect(page.GetByText("Ask migration@contoso.com")).ToBeVisibleAsync();
        await Expect(page.GetByText("nobody1@lab.test")).ToBeVisibleAsync();
        await page.KeepAsync("denied");
    }

    [DomainFact]
    public async Task Windows_WithATicket_SignsInWithoutAWord()
    {
        var domain = await TestDomain.GetAsync();
        var portal = await portals.OfDomainAsync();
        var profile = Directory.CreateTempSubdirectory("portal-profile-").FullName;
        var cache = $"FILE:{profile}/ticket";
        await TestDomain.RunAsync("kinit", ["-c", cache, "-k", "-t", $"{domain.Folder}/keytabs/viewer1", "viewer1"], ("KRB5_CONFIG", $"{domain.Folder}/krb5.conf"));
        // A fresh profile does not know yet that Negotiate exists, and would refuse its first challenge.
        await File.WriteAllTextAsync(Path.Combine(profile, "Local State"), """{"net":{"received_http_auth_negotiate_headers":true}}""");
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = Chromium.Whole,
            Args = ["--no-sandbox", "--disable-gpu", "--auth-server-allowlist=localhost"],
            Env = new Dictionary<string, string>(StringComparer.Ordinal) { ["KRB5_CONFIG"] = $"{domain.Folder}/krb5.conf", ["KRB5CCNAME"] = cache, ["HOME"] = profile, ["PATH"] = "/usr/bin:/bin" },
        });
        OpenedPages.Watch(chromium);
        var page = chromium.Pages[0];
        await page.GotoAsync($"{portal.Address}/signin?returnUrl=%2Fme");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your Windows account" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{portal.Address}/me");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Viewer1" })).ToBeVisibleAsync();
    }

    [DomainFact]
    public async Task Windows_WithoutATicket_ComesBackWithASentence()
    {
        var portal = await portals.OfDomainAsync();
        var page = await portal.PageAsync(browsers);
        await page.GotoAsync("/signin");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your Windows account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Your browser sent no Windows ticket");
    }

    private static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/signin?returnUrl=%2Fme");
        await FillAsync(page, name);
        await page.IsAtAsync("/me$");
    }

    private static async Task FillAsync(IPage page, string name)
    {
        await page.Locator("#user").FillAsync(name);
        await page.Locator("#password").FillAsync(TestDomain.Password);
        await page.Locator("form button[type=submit]").ClickAsync();
    }
}
