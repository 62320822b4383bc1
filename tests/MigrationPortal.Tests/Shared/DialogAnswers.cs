using Bunit;
using MudBlazor;

namespace MigrationPortal.Tests.Shared;

/// <summary>Answers dialogs the way a person does: by their buttons.</summary>
internal static class DialogAnswers
{
    /// <param name="click">The click that opens the dialog; it ends only when the dialog is closed.</param>
    /// <returns>The dialog's title.</returns>
    public static async Task<string> AnswerAsync(this IRenderedComponent<MudDialogProvider> dialogs, Task click, bool isConfirmed)
    {
        dialogs.WaitForElement(".mud-dialog-actions button");
        var title = dialogs.Find(".mud-dialog-title").TextContent.Trim();
        if (isConfirmed)
            await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        else
            await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        await click;
        // The next one is not to be taken for this one.
        dialogs.WaitForState(() => dialogs.FindAll(".mud-dialog").Count == 0);
        return title;
    }

    /// <summary>Types into a field once it is there. It is found and used in one: a dialog that opens is drawn several times.</summary>
    public static Task TypeAsync(this IRenderedComponent<MudDialogProvider> dialogs, string field, string text)
    {
        dialogs.WaitForElement(field);
        return dialogs.InvokeAsync(() => dialogs.Find(field).InputAsync(text));
    }

    /// <inheritdoc cref="TypeAsync"/>
    public static Task SubmitAsync(this IRenderedComponent<MudDialogProvider> dialogs)
    {
        dialogs.WaitForElement("form");
        return dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
    }
}
