using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Engine;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Steering;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MudBlazor;

namespace MigrationPortal.Tests.Ui;

public sealed class DialogTests
{
    [Fact]
    [Shows<ConfirmDialog>(PartState.Filled, PartState.Refused)]
    public async Task Confirm_WithoutReason_SaysItIsNeededAndStaysOpen()
    {
        await using var context = PartsContext.Create();
        var dialogs = context.Render<MudDialogProvider>();
        var asked = await dialogs.InvokeAsync(() => Task.FromResult(context.Services.GetRequiredService<IDialogService>().ConfirmAsync("Exclude 2 rooms?", "They are not migrated.", "Exclude", "Reason")));

        dialogs.WaitForElement(".mud-dialog textarea");
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        Assert.Contains("Enter a reason", dialogs.Find(".mud-input-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", dialogs.Find("textarea").GetAttribute("aria-invalid"));
        Assert.False(asked.IsCompleted);

        await dialogs.InvokeAsync(() => dialogs.Find("textarea").InputAsync("  MIG-7 "));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        Assert.Equal("MIG-7", (await asked)?.Reason);
    }

    [Fact]
    public async Task Confirm_Cancelled_AnswersNull()
    {
        await using var context = PartsContext.Create();
        var dialogs = context.Render<MudDialogProvider>();
        var asked = await dialogs.InvokeAsync(() => Task.FromResult(context.Services.GetRequiredService<IDialogService>().ConfirmAsync("Delete batch “<b>”?", "It has <i>2</i> rooms.", "Delete batch", danger: true)));

        dialogs.WaitForElement(".mud-dialog-actions button");
        Assert.Empty(dialogs.FindAll("form i"));
        Assert.Contains("mud-button-filled-error", dialogs.Find("button[type=submit]").ClassName, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        Assert.Null(await asked);
    }

    [Theory]
    [InlineData("0", null, false)]
    [InlineData("fast", null, false)]
    [InlineData("", null, true)]
    [InlineData("250", 250, true)]
    [Shows<ThrottleDialog>(PartState.Filled, PartState.Refused)]
    public async Task Throttle_TypedAndEntered_AnswersOnlyWhatIsALimit(string typed, int? limit, bool isAnswered)
    {
        await using var context = PartsContext.Create();
        var dialogs = context.Render<MudDialogProvider>();
        var asked = await dialogs.InvokeAsync(() => Task.FromResult(ThrottleDialog.AskAsync(context.Services.GetRequiredService<IDialogService>(), "Limit speed", 800)));

        dialogs.WaitForElement("input");
        await dialogs.InvokeAsync(() => dialogs.Find("input").InputAsync(typed));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        if (!isAnswered)
        {
            Assert.Contains("Enter a whole number from 1 to 1", dialogs.Markup, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((limit, "Limit speed"), ((await asked)!.MessagesPerSecond, (await asked)!.Draft));
        Assert.DoesNotContain(context.JSInterop.Invocations, x => x.Identifier == "portalDrafts.forget");
    }

    [Fact]
    [Shows<ConflictDialog>(PartState.Filled)]
    public async Task Conflict_ChosenForEachValue_AnswersThoseThatStay()
    {
        await using var context = PartsContext.Create();
        var dialogs = context.Render<MudDialogProvider>();
        var texts = context.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<Parts>>();
        ConflictRow[] rows = [new("name", "Name", "First", "Second", "Third", "Paul", DateTimeOffset.UnixEpoch), new("owner", "Owner", "kim", "lee", "max", "Paul", DateTimeOffset.UnixEpoch)];
        var asked = await dialogs.InvokeAsync(() => Task.FromResult(context.Services.GetRequiredService<IDialogService>().AskConflictAsync(texts, rows)));
        dialogs.WaitForState(() => dialogs.FindAll("fieldset").Count == 2);
        Assert.Contains("Paul", dialogs.Find("fieldset").TextContent, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.FindAll("input[type=radio]")[3].ClickAsync(new()));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        Assert.Equal(["owner"], (await asked)!.Left);
    }

    [Fact]
    public async Task Toasts_DoneAndRefused_AreTextAndTheRefusalStays()
    {
        await using var context = PartsContext.Create();
        var shown = context.Render<MudSnackbarProvider>();
        var toasts = context.Services.GetRequiredService<Toasts>();
        toasts.DoneWithLink("Batch “<img src=x>” created", "Open batch", "/batches/12");
        toasts.Refused(new("conflict", Wording.OfText("Jan started it 2 s ago."), RefusalKind.Conflict));

        shown.WaitForState(() => shown.FindAll(".mud-snackbar").Count == 2);
        Assert.Empty(shown.FindAll("img"));
        Assert.Equal(2, shown.FindAll(".mud-snackbar [role=alert], .mud-snackbar").Count(x => x.ClassList.Contains("mud-snackbar")));
        await shown.InvokeAsync(() => shown.FindAll("button").First(x => x.TextContent.Contains("Open batch", StringComparison.Ordinal)).ClickAsync());
        Assert.EndsWith("/batches/12", context.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Toasts_UndoThatIsRefused_SaysWhy()
    {
        await using var context = PartsContext.Create();
        var shown = context.Render<MudSnackbarProvider>();
        var answers = new Queue<Refusal?>([new Refusal("conflict", Wording.OfText("Jan changed it 2 s ago."), RefusalKind.Conflict), null]);
        var toasts = context.Services.GetRequiredService<Toasts>();
        foreach (var said in new[] { "Jan changed it 2 s ago.", "Undone" })
        {
            toasts.DoneWithUndo("1 room excluded", () => Task.FromResult(answers.Dequeue()));
            shown.WaitForState(() => shown.FindAll("button").Any(x => x.TextContent.Contains("Undo", StringComparison.Ordinal)));
            await shown.InvokeAsync(() => shown.FindAll("button").First(x => x.TextContent.Contains("Undo", StringComparison.Ordinal)).ClickAsync());
            shown.WaitForState(() => shown.Markup.Contains(said, StringComparison.Ordinal));
        }
    }
}
