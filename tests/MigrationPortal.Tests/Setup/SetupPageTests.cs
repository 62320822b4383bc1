using System.Net.Http.Json;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Setup;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Setup;

/// <summary>The first run as an administrator goes through it, with and without the right to keep pool pairs.</summary>
public sealed class SetupPageTests
{
    private static readonly Dictionary<string, string> _editable = new(StringComparer.Ordinal) { ["Administration:EditPoolPairs"] = "true" };

    [Fact]
    public async Task Page_ForAViewer_SaysWhoSetsItUp()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/setup").Render<SetupPage>();
        Assert.Contains("An administrator must set up the first pool pair", page.WaitForElement(".state").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input"));
    }

    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = new PageContext(portal.Services, MigrationPortal.SignIn.Development.Persona.Find("administrator")!.ToCaller(), isInteractive: false);
        Assert.NotEmpty(context.At("/setup").Render<SetupPage>().FindAll("[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Products_WithoutAName_SaysSoOnTheButton()
    {
        await using var portal = await PortalApp.StartAsync(_editable);
        await using var context = PageContext.As(portal, "administrator");
        var page = context.At("/setup").Render<SetupPage>();
        Assert.Equal("Enter a name first", page.WaitForElement("button.p").GetAttribute("title"));
        Assert.Equal(["products", "connections", "files", "options", "scan"], page.FindAll("ol.steps a").Select(x => x.GetAttribute("href")!.Split('=')[1]));
        await page.InvokeAsync(() => page.Find("section[aria-label=Products] input").InputAsync("Łódź"));
        page.WaitForAssertion(() => Assert.Contains("ID in addresses: odz", page.Markup, StringComparison.Ordinal));
        Assert.Null(page.Find("button.p").GetAttribute("title"));
    }

    [Fact]
    public async Task Connections_Typed_AreTestedRightByRightAndTheFailedOneNamesItsRemedy()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync(_editable);
        await using var context = PageContext.As(portal, "administrator");
        var page = context.At("/setup?step=connections").Render<SetupPage>();
        page.WaitForElement("#legacy-server");
        await TypeAsync(page, "legacy", chat.LegacyDatabase);
        // Several renders follow an answer: each look is one that holds by itself.
        page.WaitForAssertion(() => Assert.Contains("May write", Lines(page, "legacy").Single(x => x.QuerySelector("details") is not null).TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("CREATE ROLE", page.Find(".side-legacy pre").TextContent, StringComparison.Ordinal));
        page.WaitForState(() => Lines(page, "legacy").Count > 5);

        await TypeAsync(page, "new", chat.NewDatabase, database: "nowhere");
        page.WaitForAssertion(() => Assert.Contains("nowhere", Assert.Single(Lines(page, "new")).TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("Both connections must pass their checks first", page.Find("button.p").GetAttribute("title")));
        await page.InvokeAsync(() => page.Find("#new-database").InputAsync(chat.NewDatabase.Name));
        page.WaitForState(() => Lines(page, "new").Count > 5);
        page.WaitForAssertion(() => Assert.Null(page.Find("button.p").GetAttribute("title")));
    }

    [Fact]
    public async Task LastStep_WithTheSetting_KeepsThePairAndScansIt()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync(_editable);
        await using var context = PageContext.As(portal, "administrator");
        var page = await FilledAsync(context, chat);
        context.At("/setup?step=scan");
        // A check of the last key that begins late takes the button away again: it is looked at and pressed in one turn.
        await Eventually.TrueAsync(() => page.InvokeAsync(async () =>
        {
            if (page.FindAll("dl.sums").Count == 0 || page.Find("button.p").HasAttribute("aria-disabled"))
                return false;
            await page.Find("button.p").ClickAsync(new());
            return true;
        }));
        page.WaitForState(() => page.FindAll("p.problem[role=alert]").Count > 0 || !context.Services.GetRequiredService<NavigationManager>().Uri.Contains("/setup", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("p.problem[role=alert]").Select(x => x.TextContent));
        page.WaitForAssertion(() => Assert.EndsWith("/?pair=contoso", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        using var admin = portal.ClientFor("administrator");
        await Eventually.TrueAsync(async () => (await admin.GetStringAsync("api/v1/pool-pairs/contoso/scans/latest")).Contains("\"Completed\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LastStep_WithoutTheSetting_ShowsTheConfigurationWithoutThePasswordAndKeepsNothing()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "administrator");
        var page = await FilledAsync(context, chat, "hunter2");
        context.At("/setup?step=configuration");
        var block = page.WaitForElement("#configuration-text").TextContent;
        Assert.Contains("\"ConnectionString\": \"Host=", block, StringComparison.Ordinal);
        Assert.Contains("Password=<password>", block, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page.Markup.Replace("value=\"hunter2\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Nothing was saved", page.Markup, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll(".segments button")[1].ClickAsync());
        Assert.Contains("PoolPairs__0__Legacy__Product='LyncGroupChat2010'", page.Find("#configuration-text").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("button.action").Single(x => x.TextContent.Contains("Look for the pair", StringComparison.Ordinal)).ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("has no pool pair contoso yet", page.Find("[role=alert].problem").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select count(*) from portal.kept_pool_pairs"));
    }

    [Fact]
    public async Task Edit_OfAKeptPair_HasEverythingButThePasswordAndTakesEffectAtOnce()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync(_editable);
        using var admin = portal.ClientFor("administrator");
        var body = new
        {
            name = "Contoso",
            legacy = new { product = "LyncGroupChat2010", provider = "PostgreSql", connectionString = chat.LegacyDatabase.ConnectionString + ";Password=hunter2;Timeout=7" },
            @new = new { product = "LyncPersistentChat2013", provider = "PostgreSql", connectionString = chat.NewDatabase.ConnectionString },
        };
        using (var kept = await admin.PutAsJsonAsync("api/v1/pool-pairs/contoso", body))
            Assert.True(kept.IsSuccessStatusCode);
        await using var context = PageContext.As(portal, "administrator");
        var page = context.At("/setup?edit=contoso").Render<SetupPage>();
        page.WaitForAssertion(() => Assert.Equal(chat.LegacyDatabase.Name, page.Find("#legacy-database").GetAttribute("value")));
        Assert.Contains("timeout=7", page.Find("#legacy-more").GetAttribute("value"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["products", "connections", "files", "save"], page.FindAll("ol.steps a").Select(x => x.GetAttribute("href")!.Split('=', '&')[1]));

        await page.InvokeAsync(() => page.Find("section[aria-label=Products] input").InputAsync("Contoso London"));
        // What is typed for this pair comes back in no other.
        Assert.All(page.FindAll("[data-draft]"), x => Assert.StartsWith("setup/edit/contoso/", x.GetAttribute("data-draft"), StringComparison.Ordinal));
        context.At("/setup?step=save&edit=contoso");
        page.WaitForState(() => page.FindAll("button.p").Count == 1 && page.Find("button.p").GetAttribute("title") is null);
        await page.InvokeAsync(() => page.Find("button.p").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.EndsWith("/administration?pair=contoso", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal("Contoso London", portal.Get<MigrationPortal.PoolPairs.PoolPairCatalog>().Find("contoso")?.Name);
    }

    private static async Task<IRenderedComponent<SetupPage>> FilledAsync(PageContext context, ChatWorld chat, string password = "")
    {
        var page = context.At("/setup").Render<SetupPage>();
        page.WaitForElement("#legacy-server");
        await page.InvokeAsync(() => page.Find("section[aria-label=Products] input").InputAsync("Contoso"));
        await TypeAsync(page, "legacy", chat.LegacyDatabase, password);
        page.WaitForState(() => Lines(page, "legacy").Count > 5);
        await TypeAsync(page, "new", chat.NewDatabase, password);
        page.WaitForState(() => Lines(page, "new").Count > 5);
        return page;
    }

    private static async Task TypeAsync(IRenderedComponent<SetupPage> page, string side, TestDatabase at, string password = "", string? database = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(at.ConnectionString);
        await page.InvokeAsync(() => page.Find($"#{side}-provider").ChangeAsync(new() { Value = "PostgreSql" }));
        await page.InvokeAsync(() => page.Find($"#{side}-login").ChangeAsync(new() { Value = "user" }));
        await page.InvokeAsync(() => page.Find($"#{side}-user").InputAsync(settings.Username));
        await page.InvokeAsync(() => page.Find($"#{side}-password").InputAsync(password.Length > 0 ? password : settings.Password ?? ""));
        await page.InvokeAsync(() => page.Find($"#{side}-database").InputAsync(database ?? settings.Database));
        await page.InvokeAsync(() => page.Find($"#{side}-more").InputAsync($"Port={settings.Port}"));
        await page.InvokeAsync(() => page.Find($"#{side}-server").InputAsync(settings.Host));
    }

    private static IReadOnlyList<IElement> Lines(IRenderedComponent<SetupPage> page, string side) => page.FindAll($"section[aria-label=Connections] .side-{side} .checks:not(.is-old) .check");
}
