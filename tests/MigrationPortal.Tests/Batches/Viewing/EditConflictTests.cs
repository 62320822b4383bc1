using AngleSharp.Dom;
using Bunit;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchOptions;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Shared;
using MudBlazor;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>What somebody sees whose edit on a page meets another one.</summary>
public sealed class EditConflictTests
{
    [Theory]
    [InlineData("Mine")]
    [InlineData("Theirs")]
    public async Task Rename_WhileAnotherRenamed_ShowsBothAndKeepsWhatIsChosen(string chosen)
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        var click = await RenameAsync(page, dialogs);
        Done(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(id, "Theirs"), Paul, CancellationToken.None));
        await TypeAsync(dialogs, "Mine");

        dialogs.WaitForElement(".mud-dialog fieldset");
        var rows = dialogs.FindAll(".mud-dialog fieldset p, .mud-dialog fieldset label").Select(x => x.TextContent.Trim()).ToList();
        Assert.Equal("Before: Wave 1", rows[0]);
        Assert.Equal("Yours: Mine", rows[1]);
        Assert.StartsWith("paul: Theirs", rows[2], StringComparison.Ordinal);
        if (chosen == "Theirs")
            await dialogs.InvokeAsync(() => dialogs.FindAll(".mud-dialog input[type=radio]")[1].ClickAsync(new()));
        await dialogs.AnswerAsync(click, isConfirmed: true);

        Assert.Equal(chosen, (await world.BatchAsync(id)).Name);
    }

    [Fact]
    public async Task Rename_WhileAnotherChangedOptions_SavesAndSaysWhatStandsBesideIt()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var toasts = context.Render<MudSnackbarProvider>();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        var click = await RenameAsync(page, dialogs);
        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, new PlanOptions { RootCategory = "Elsewhere" }), Paul, CancellationToken.None));
        await TypeAsync(dialogs, "Mine");
        await click;

        toasts.WaitForState(() => toasts.Markup.Contains("Saved with paul’s changes of 2 options", StringComparison.Ordinal));
        var batch = await world.BatchAsync(id);
        Assert.Equal(("Mine", "Elsewhere"), (batch.Name, batch.Options!.RootCategory));
    }

    [Fact]
    public async Task Options_WrittenOverAnotherPersonsChange_KeepTheirOtherOption_AndAskAboutTheSameOne()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=options").Render<BatchPage>(x => x.Add(p => p.Id, id));
        await WriteAsync(page, nameof(PlanOptions.PrefixSeparator), " + ");
        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, new PlanOptions { PrefixSeparator = " > ", RootCategory = "Elsewhere" }), Paul, CancellationToken.None));
        page.WaitForState(() => page.Markup.Contains("differ from", StringComparison.Ordinal));

        var saved = page.InvokeAsync(() => page.Find("form:has(.option)").SubmitAsync());
        dialogs.WaitForElement(".mud-dialog fieldset");
        await dialogs.AnswerAsync(saved, isConfirmed: true);

        var kept = (await world.BatchAsync(id)).Options!;
        Assert.Equal((" + ", "Elsewhere"), (kept.PrefixSeparator, kept.RootCategory));
    }

    [Fact]
    public async Task Options_OfAnApprovedBatch_AreAskedAboutFirst()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Marek));
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=options").Render<BatchPage>(x => x.Add(p => p.Id, id));
        await WriteAsync(page, nameof(PlanOptions.RootCategory), "Elsewhere");

        var saved = page.InvokeAsync(() => page.Find("form:has(.option)").SubmitAsync());
        dialogs.WaitForState(() => dialogs.Markup.Contains("this approval no longer counts", StringComparison.Ordinal));
        await dialogs.AnswerAsync(saved, isConfirmed: false);

        var batch = await world.BatchAsync(id);
        Assert.Equal((MigrationPortal.Batches.BatchState.Approved, null), (batch.State, batch.Options));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Options_WhileAskedTheReviewMoves_AreAskedAboutAgainWithWhoseApprovalEndsNow(bool isConfirmed)
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Marek));
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=options").Render<BatchPage>(x => x.Add(p => p.Id, id));
        await WriteAsync(page, nameof(PlanOptions.RootCategory), "Elsewhere");
        var saved = page.InvokeAsync(() => page.Find("form:has(.option)").SubmitAsync());
        dialogs.WaitForState(() => dialogs.Markup.Contains("marek (", StringComparison.Ordinal));
        // Another edit ends that review; the next one is approved by somebody else. The page follows.
        var names = new Dictionary<long, string?> { [await world.RoomAsync("Desk")] = "Trading desk" };
        Done(await world.Get<EditBatchHandler>().HandleAsync(new(id) { NewNames = names }, Paul, CancellationToken.None));
        Done(await world.SubmitAsync(id, Paul));
        Done(await world.ApproveAsync(id, Anna));
        page.WaitForState(() => page.FindComponent<BatchOptionsTab>().Instance.View is { Batch.State: MigrationPortal.Batches.BatchState.Approved, VoidNotice.Round: 2 });

        var first = dialogs.Find(".mud-dialog textarea").GetAttribute("data-draft")!.Split('/')[0];
        var answered = dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        dialogs.WaitForState(() => dialogs.Markup.Contains("anna (", StringComparison.Ordinal));
        Assert.Contains("Change “Wave 1” anyway?", dialogs.Find(".mud-dialog-title").TextContent, StringComparison.Ordinal);
        await dialogs.AnswerAsync(saved, isConfirmed);
        await answered;
        // Under a title of its own: closing it forgets nothing that was typed in the first one, which is kept again where nothing was saved.
        var asked = context.JSInterop.Invocations.Where(x => x.Arguments is [string place, ..] && place == first).Select(x => x.Identifier);
        Assert.Equal(isConfirmed ? ["portalDrafts.forget"] : ["portalDrafts.forget", "portalDrafts.keep"], asked);

        var batch = await world.BatchAsync(id);
        Assert.Equal((isConfirmed ? MigrationPortal.Batches.BatchState.Draft : MigrationPortal.Batches.BatchState.Approved, isConfirmed ? "Elsewhere" : null), (batch.State, batch.Options?.RootCategory));
        Assert.Equal("Trading desk", await world.Database.ScalarAsync<string>($"select new_name from portal.batch_rooms where batch_id = {id}"));
    }

    private static async Task WriteAsync(IRenderedComponent<BatchPage> page, string option, string text)
    {
        page.WaitForElement($"#option-batch-{option}");
        await page.InvokeAsync(() => page.Find($"#option-batch-{option}").InputAsync(new() { Value = text }));
    }

    private static async Task<Task> RenameAsync(IRenderedComponent<BatchPage> page, IRenderedComponent<MudDialogProvider> dialogs)
    {
        static IElement? Button(IRenderedComponent<BatchPage> page) => page.FindAll("button.action").FirstOrDefault(x => x.TextContent.Trim() == "Rename…" && x.GetAttribute("aria-disabled") != "true");
        page.WaitForState(() => Button(page) is not null);
        var click = page.InvokeAsync(() => Button(page)!.ClickAsync(new()));
        await Task.Yield();
        dialogs.WaitForElement(".mud-dialog input");
        return click;
    }

    private static async Task TypeAsync(IRenderedComponent<MudDialogProvider> dialogs, string name)
    {
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog input").InputAsync(new() { Value = name }));
        var _ = dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
    }
}
