using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Engine;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MudBlazor;

namespace MigrationPortal.Tests.Ui;

public sealed class DraftsTests
{
    [Fact]
    public async Task Send_DoneRefusedOrFailed_IsForgottenBeforeAndKeptUnlessItArrived()
    {
        await using var context = PartsContext.Create();
        var drafts = context.Services.GetRequiredService<Drafts>();
        Assert.True((await drafts.SendAsync("comment", () => Task.FromResult<Outcome<int>>(1))).IsDone);
        Assert.Equal(["forget"], Asked(context));
        Assert.False((await drafts.SendAsync("comment", () => Task.FromResult<Outcome<int>>(new Refusal("invalid", Wording.OfText("Too long."))))).IsDone);
        Assert.Equal(["forget", "forget", "keep"], Asked(context));
        await Assert.ThrowsAsync<InvalidOperationException>(() => drafts.SendAsync("comment", () => Task.FromException<Refusal?>(new InvalidOperationException())));
        Assert.Equal(["forget", "forget", "forget", "keep", "keep"], Asked(context));
    }

    [Fact]
    public async Task Dialog_WithAField_IsADraftOfItsTitleThatClosingForgets()
    {
        await using var context = PartsContext.Create();
        var dialogs = context.Render<MudDialogProvider>();
        var asked = await dialogs.InvokeAsync(() => Task.FromResult(context.Services.GetRequiredService<IDialogService>().ConfirmAsync("Exclude 2 rooms?", "They are not migrated.", "Exclude", "Reason")));
        dialogs.WaitForElement(".mud-dialog textarea");
        Assert.Equal("Exclude 2 rooms?/Reason", dialogs.Find("textarea").GetAttribute("data-draft"));
        Assert.Empty(Asked(context));

        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        Assert.Null(await asked);
        dialogs.WaitForAssertion(() => Assert.Equal(["forget"], Asked(context)));
    }

    [Fact]
    public async Task Dialog_CancelledAfterWhatItRefused_ForgetsItsDraft_AndAnAnswerLeavesItToTheOpener()
    {
        await using var context = PartsContext.Create();
        var dialogs = context.Render<MudDialogProvider>();
        var asked = await AskAsync();
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        dialogs.WaitForState(() => dialogs.Markup.Contains("Enter a reason", StringComparison.Ordinal));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        Assert.Null(await asked);
        dialogs.WaitForAssertion(() => Assert.Equal(["forget"], Asked(context)));

        asked = await AskAsync();
        await dialogs.InvokeAsync(() => dialogs.Find("textarea").InputAsync(new() { Value = "Moved by hand" }));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        Assert.Equal(new Confirmation("Moved by hand", "Exclude A%2FB?") { Note = "" }, await asked);
        dialogs.WaitForState(() => dialogs.FindAll(".mud-dialog").Count == 0);
        Assert.Equal(["forget"], Asked(context));

        async Task<Task<Confirmation?>> AskAsync()
        {
            var answer = await dialogs.InvokeAsync(() => Task.FromResult(context.Services.GetRequiredService<IDialogService>().ConfirmAsync("Exclude A/B?", "It is not migrated.", "Exclude", "Reason")));
            dialogs.WaitForElement(".mud-dialog textarea");
            // A slash in the title begins no place below another dialog's.
            Assert.Equal("Exclude A%2FB?/Reason", dialogs.Find("textarea").GetAttribute("data-draft"));
            return answer;
        }
    }

    [Fact]
    public async Task TextBox_ForASecretOrOutsideADialog_IsNoDraft()
    {
        await using var context = PartsContext.Create();
        Assert.False(context.Render<TextBox>(x => x.Add(p => p.Label, "Name")).Find("input").HasAttribute("data-draft"));
        Assert.False(context.Render<TextBox>(x => x.Add(p => p.Draft, "password").Add(p => p.InputType, InputType.Password)).Find("input").HasAttribute("data-draft"));
        Assert.Equal("filter", context.Render<TextBox>(x => x.Add(p => p.Draft, "filter")).Find("input").GetAttribute("data-draft"));
    }

    // bUnit gives them by name, not in their order.
    private static IEnumerable<string> Asked(BunitContext context) =>
        context.JSInterop.Invocations.Select(x => x.Identifier).Where(x => x.StartsWith("portalDrafts.", StringComparison.Ordinal)).Select(x => x["portalDrafts.".Length..]);
}
