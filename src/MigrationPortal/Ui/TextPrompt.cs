using MudBlazor;

namespace MigrationPortal.Ui;

/// <summary>Asks for one line of text; null when cancelled.</summary>
internal static class TextPrompt
{
    public static Task<string?> AskTextAsync(this IDialogService dialogs, string title, string label, string value, string action, string? hint = null) =>
        dialogs.AskAsync<TextDialog, string>(
            title,
            new()
            {
                { x => x.Label, label },
                { x => x.Value, value },
                { x => x.Action, action },
                { x => x.Hint, hint },
            });
}
