using MigrationPortal.Ui.Typing;
using MudBlazor;

namespace MigrationPortal.Ui.Asking;

/// <summary>One line of text that somebody typed in a dialog.</summary>
/// <param name="Draft">The place of what was typed, for <see cref="Drafts.SendAsync"/>: where it is refused, the next dialog has it again.</param>
public sealed record TextAnswer(string Text, string Draft)
{
    /// <summary>What was typed for others, where that was asked for.</summary>
    public string? Note { get; init; }
}

/// <summary>Asks for one line of text; null when cancelled.</summary>
internal static class TextPrompt
{
    public static Task<TextAnswer?> AskTextAsync(this IDialogService dialogs, string title, string label, string value, string action, string? hint = null, string? noteLabel = null) =>
        dialogs.AskAsync<TextDialog, TextAnswer>(
            title,
            new()
            {
                { x => x.Label, label },
                { x => x.Value, value },
                { x => x.Action, action },
                { x => x.Hint, hint },
                { x => x.NoteLabel, noteLabel },
            });
}
