using System.Net.Http.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.PoolPairs.Viewing;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.PoolPairs;

/// <summary>The administration of a pool pair, tab by tab, as an administrator works on it and a viewer reads it.</summary>
public sealed class AdministrationPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = new PageContext(portal.Services, Persona.Find("viewer")!.ToCaller(), isInteractive: false);
        Assert.NotEmpty(context.At("/administration").Render<AdministrationPage>().FindAll("[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_WithoutAPair_SaysSoAndLeadsToTheWizard()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "administrator");
        var page = context.At("/administration").Render<AdministrationPage>();
        Assert.Contains("No pool pair yet", page.WaitForElement(".state").TextContent, StringComparison.Ordinal);
        Assert.Equal("/setup", page.Find(".page-header a.btn").GetAttribute("href"));
        Assert.Equal(["pairs", "roles", "sessions", "freeze", "windows", "jobs", "mail", "webhooks", "about"], page.FindAll("nav a.chip").Select(x => x.GetAttribute("href")!.Split('/')[^1].Replace("administration", "pairs", StringComparison.Ordinal)));
    }

    [Fact]
    [Shows<ConnectionsTab>(PartState.Filled)]
    public async Task Connections_OfAPair_HaveOneLineACheckWithBothSides()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.Chat.NewDatabase.ExecuteAsync("create table tblLocal (a int)");
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = context.At("/administration?pair=contoso").Render<AdministrationPage>();
        page.WaitForState(() => page.FindAll(".grid.checks tbody th[scope=row]").Count > 8);
        Assert.Equal(["Connections", "Options", "Approvals", "Windows", "Limits", "History"], page.FindAll("nav.tabs a").Select(x => x.FirstChild!.TextContent));
        var write = page.FindAll(".grid.checks tr").Single(x => x.QuerySelector("th[scope=row]")?.TextContent == "Write");
        Assert.Contains("and should not", write.Children[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("CREATE ROLE", write.Children[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("May write the tables that a run writes", write.Children[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("tbllocal", page.FindAll(".grid.checks tr").Single(x => x.QuerySelector("th[scope=row]")?.TextContent == "Other tables").Children[2].TextContent, StringComparison.OrdinalIgnoreCase);
        // From the configuration: nothing to remove here.
        Assert.DoesNotContain("Remove", page.Find("section.card header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_OfAKeptPair_CanBeChangedAndThePairRemoved()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Administration:EditPoolPairs"] = "true" });
        using var admin = portal.ClientFor("administrator");
        using (var kept = await admin.PutAsJsonAsync("api/v1/pool-pairs/contoso", new
        {
            name = "Contoso",
            legacy = new { product = "LyncGroupChat2010", provider = "PostgreSql", connectionString = chat.LegacyDatabase.ConnectionString },
            @new = new { product = "LyncPersistentChat2013", provider = "PostgreSql", connectionString = chat.NewDatabase.ConnectionString },
        }))
            Assert.True(kept.IsSuccessStatusCode);
        await using var context = PageContext.As(portal, "administrator");
        var dialogs = context.RenderDialogs();
        var page = context.At("/administration?pair=contoso").Render<AdministrationPage>();
        page.WaitForState(() => page.FindAll(".grid.checks tbody th[scope=row]").Count > 8);
        Assert.Equal("/setup?edit=contoso", page.Find("section.card header a.btn").GetAttribute("href"));
        var remove = page.InvokeAsync(() => page.FindAll("section.card header button").Single(x => x.TextContent.Contains("Remove", StringComparison.Ordinal)).ClickAsync(new()));
        await dialogs.SubmitAsync();
        await remove;
        page.WaitForAssertion(() => Assert.Contains("No longer configured", page.Find("h1").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_OfADatabaseThatIsAway_SayItInItsCell()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.Chat.LegacyDatabase.DisposeAsync();
        await using var context = PageContext.As(world.Portal, "administrator");
        var page = context.At("/administration?pair=contoso").Render<AdministrationPage>();
        page.WaitForState(() => page.FindAll(".grid.checks .bad").Count == 1);
        Assert.Single(page.FindAll("button.p"));
    }

    [Fact]
    [Shows<OptionsTab>(PartState.Filled)]
    [Shows<PlanOptionsForm>(PartState.Filled)]
    [Shows<PairHistoryTab>(PartState.Filled)]
    public async Task Options_ChangedWithAReason_SayWhoChangedWhatAndWhyAndWhatItReaches()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.ApprovedBatchAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "administrator");
        var dialogs = context.RenderDialogs();
        var page = context.At("/administration?pair=contoso&tab=options").Render<AdministrationPage>();
        page.WaitForAssertion(() => Assert.Contains("1 approved batch is planned again", page.Find("aside").TextContent, StringComparison.Ordinal));
        Assert.Contains("All options have their defaults", page.Find("aside").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#option-contoso-Topic").ChangeAsync(new() { Value = "AppendToDescription" }));
        Assert.Contains("default: is dropped", page.Find(".option.is-set").TextContent, StringComparison.Ordinal);

        var save = page.InvokeAsync(() => page.Find("form").SubmitAsync());
        await dialogs.TypeAsync("textarea", "Desks ask for them");
        Assert.Contains("1 approved batch is planned again", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.SubmitAsync();
        await save;
        page.WaitForAssertion(() => Assert.Contains("Desks ask for them", page.Find("aside").TextContent, StringComparison.Ordinal));
        Assert.Contains("1 of 21 changed", page.Find("nav.tabs").TextContent, StringComparison.Ordinal);
        await using var history = PageContext.As(world.Portal, "viewer");
        var past = history.At("/administration?pair=contoso&tab=history").Render<AdministrationPage>();
        past.WaitForAssertion(() => Assert.Contains("is dropped → is appended to the description", past.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_TheDialogCancelled_KeepsWhatWasTypedAndSavesNothing()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "administrator");
        var dialogs = context.RenderDialogs();
        var page = context.At("/administration?pair=contoso&tab=options").Render<AdministrationPage>();
        page.WaitForState(() => page.FindAll("#option-contoso-Topic").Count == 1 && page.FindAll("[aria-busy=true]").Count == 0);
        await page.InvokeAsync(() => page.Find("#option-contoso-Topic").ChangeAsync(new() { Value = "AppendToDescription" }));
        var save = page.InvokeAsync(() => page.Find("form").SubmitAsync());
        dialogs.WaitForElement("textarea");
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        await save;
        Assert.NotNull(page.Find("#option-contoso-Topic option[value=AppendToDescription]").GetAttribute("selected"));
        Assert.Equal(new PlanOptions(), (await world.Portal.Get<PoolPairQueries>().FindAsync("contoso", CancellationToken.None))!.Options);
    }

    [Fact]
    [Shows<OptionsTab>(PartState.Viewer)]
    [Shows<PlanOptionsForm>(PartState.Viewer)]
    public async Task Options_ForAViewer_AreReadAndNotChanged()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = context.At("/administration?pair=contoso&tab=options").Render<AdministrationPage>();
        page.WaitForElement("form .option");
        Assert.Empty(page.FindAll("form select, form input"));
        Assert.Contains("Administrator", page.Find("form button[type=submit]").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    [Shows<PolicyTab>(PartState.Filled)]
    public async Task Approvals_AreATab_AndTheFormerAddressLeadsThere()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "administrator");
        var page = context.At("/administration?pair=contoso&tab=approvals").Render<AdministrationPage>();
        Assert.NotNull(page.WaitForComponent<PolicyTab>());
        await using var former = PageContext.As(world.Portal, "administrator");
        former.At("/administration/approvals?pair=contoso").Render<PolicyPage>();
        Assert.EndsWith("/administration?tab=approvals&pair=contoso", former.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    [Shows<LimitsTab>(PartState.Filled)]
    [Shows<PairHistoryTab>(PartState.Empty)]
    public async Task LimitsAndHistory_OfAPairThatNobodyChanged_SayWhatHolds()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:ParallelTransfers", "3"), ("Runs:MessagesPerSecond", "500"));
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = context.At("/administration?pair=contoso&tab=limits").Render<AdministrationPage>();
        page.WaitForState(() => page.Markup.Contains("A run copies 3 rooms at a time.", StringComparison.Ordinal));
        Assert.Contains("a limit of 500 messages per second", page.Markup, StringComparison.Ordinal);
        await using var other = PageContext.As(world.Portal, "viewer");
        var history = other.At("/administration?pair=contoso&tab=history").Render<AdministrationPage>();
        Assert.Contains("No changes yet", history.WaitForElement(".state").TextContent, StringComparison.Ordinal);
    }
}
