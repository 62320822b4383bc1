using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Lists.Views;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MudBlazor;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Editing;

/// <summary>The dialogs of batches and their lists: what they offer, and what they refuse without losing what was typed.</summary>
public sealed class BatchDialogsTests
{
    [Fact]
    [Shows<AddToBatchDialog>(PartState.Filled, PartState.Refused)]
    public async Task AddToBatch_WithoutAName_SaysSo_AndWithOneCreatesTheBatch()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var room = await world.RoomAsync("Desk");
        var asked = await OpenAsync(context, dialogs, x => AddToBatchDialog.AskAsync(x, "Add to batch", Pair, [room], []));
        dialogs.WaitForElement("input");
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        dialogs.WaitForState(() => dialogs.FindAll(".mud-input-error").Count > 0);
        Assert.False(asked.IsCompleted);

        await dialogs.InvokeAsync(() => dialogs.Find("input").InputAsync("Wave 1"));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        Assert.Contains("Wave 1", (await asked)!.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*)::int from portal.batch_rooms"));
    }

    [Fact]
    [Shows<AddToBatchDialog>(PartState.Filled)]
    public async Task AddToBatch_WhereADraftIs_OffersIt()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Petra, "First", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        context.RenderPopovers();
        var dialogs = context.RenderDialogs();
        var room = await world.RoomAsync("Repo");
        var asked = await OpenAsync(context, dialogs, x => AddToBatchDialog.AskAsync(x, "Add to batch", Pair, [room], []));
        dialogs.WaitForState(() => dialogs.FindAll("input[type=radio]").Count == 2);
        await dialogs.InvokeAsync(() => dialogs.FindAll("input[type=radio]")[1].ClickAsync(new()));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        Assert.Contains("First", (await asked)!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddToBatch_WithADraftChosen_ShowsWhoChangesItsRooms_UntilItCloses()
    {
        await using var world = await StartAsync();
        var batch = await world.CreateAsync(Petra, "First", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        context.RenderPopovers();
        var dialogs = context.RenderDialogs();
        var room = await world.RoomAsync("Repo");
        var present = world.Get<PresenceStore>();
        present.Enter("other", new(Paul.Name, Paul.DisplayName, $"batch:{batch}", PresenceField.Rooms, TimeProvider.System.GetUtcNow(), IsHidden: false));
        var asked = await OpenAsync(context, dialogs, x => AddToBatchDialog.AskAsync(x, "Add to batch", Pair, [room], []));
        dialogs.WaitForState(() => dialogs.FindAll("input[type=radio]").Count == 2);
        Assert.Single(present.List($"batch:{batch}"));

        await dialogs.InvokeAsync(() => dialogs.FindAll("input[type=radio]")[1].ClickAsync(new()));
        dialogs.WaitForState(() => dialogs.Markup.Contains("paul is changing the rooms.", StringComparison.Ordinal));
        Assert.Equal([PresenceField.Rooms], present.List($"batch:{batch}").Single(x => x.Person == Petra.Name).Editing);

        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        await asked;
        dialogs.WaitForState(() => present.List($"batch:{batch}").Count == 1);
    }

    [Fact]
    [Shows<AcknowledgeRuleDialog>(PartState.Filled, PartState.Refused)]
    public async Task Acknowledge_WithAShortReason_SaysHowLongItMustBe()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        var view = (await world.Get<BatchViewQueries>().FindAsync(id, Petra, computes: true, CancellationToken.None))!;
        var group = view.Findings.First(x => x.OpenCount > 0);
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var asked = await OpenAsync(context, dialogs, x => x.AskAsync<AcknowledgeRuleDialog, object>("Acknowledge", new() { { p => p.BatchId, id }, { p => p.Group, group }, { p => p.Title, "Renamed" } }));
        dialogs.WaitForElement("ul.found li");
        // All are there: nothing to draw some from.
        Assert.Empty(dialogs.FindAll("form button.action"));
        await dialogs.InvokeAsync(() => dialogs.Find("textarea").InputAsync("ok"));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        dialogs.WaitForState(() => dialogs.FindAll(".mud-input-error").Count > 0);
        Assert.Equal("ok", dialogs.Find("textarea").GetAttribute("value"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        Assert.Null(await asked);
    }

    [Fact]
    [Shows<SaveViewDialog>(PartState.Filled, PartState.Refused)]
    public async Task SaveView_WithoutAName_SaysSo()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var asked = await OpenAsync(context, dialogs, x => SaveViewDialog.AskAsync(x, "Save view"));
        dialogs.WaitForElement("form input");
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        dialogs.WaitForState(() => dialogs.FindAll(".mud-input-error").Count > 0);
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        Assert.Null(await asked);
    }

    // The task of the answer, inside another one: it ends only when the dialog closes.
    private static async Task<Task<T?>> OpenAsync<T>(PageContext context, IRenderedComponent<MudDialogProvider> dialogs, Func<IDialogService, Task<T?>> open) =>
        await dialogs.InvokeAsync(() => Task.FromResult(open(context.Services.GetRequiredService<IDialogService>())));
}
