using Bunit;
using MudBlazor;

namespace MigrationPortal.Tests.Shared;

/// <summary>Answers dialogs the way a person does: by their buttons.</summary>
internal static class DialogAnswers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="click">The click that opens the dialog; it ends only when the dialog is closed.</param>
    /// <returns>The dialog's title.</returns>
    public static async Task<string> AnswerAsync(this IRenderedComponent<MudDialogProvider> dialogs, Task click, bool isConfirmed)
    {
        dialogs.WaitForElement(".mud-dialog-actions button", Patience);
        var title = dialogs.Find(".mud-dialog-title").TextContent.Trim();
        if (isConfirmed)
            await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        else
            await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        await click;
        return title;
    }
}
