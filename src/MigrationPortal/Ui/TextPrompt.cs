using Radzen;

namespace MigrationPortal.Ui;

/// <summary>Asks for one line of text; null when cancelled.</summary>
internal static class TextPrompt
{
    private static readonly DialogOptions Options = new() { Width = "460px", CloseDialogOnEsc = true, AutoFocusFirstElement = true };

    public static async Task<string?> AskTextAsync(this DialogService dialogs, string title, string label, string value, string action, string? hint = null) =>
        await dialogs.OpenAsync<TextDialog>(
            title,
            new Dictionary<string, object?>
            {
                [nameof(TextDialog.Label)] = label,
                [nameof(TextDialog.Value)] = value,
                [nameof(TextDialog.Action)] = action,
                [nameof(TextDialog.Hint)] = hint,
            },
            Options) as string;
}
