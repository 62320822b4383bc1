using MigrationPortal.Ui.Typing;
using MudBlazor;

namespace MigrationPortal.Ui.Asking;

/// <summary>What a <see cref="ConfirmDialog"/> answers when it is confirmed; null when it is cancelled.</summary>
/// <param name="Draft">The place of what was typed, for <see cref="Drafts.SendAsync"/>: where it is refused, the next dialog has it again.</param>
public sealed record Confirmation(string Reason, string Draft)
{
    /// <summary>What was typed for others, where that was asked for.</summary>
    public string? Note { get; init; }
}

internal static class Confirming
{
    public static Task<Confirmation?> ConfirmAsync(
        this IDialogService dialogs, string title, string sentence, string action, string? reasonLabel = null, string? irreversible = null, bool danger = false, IReadOnlyList<string>? points = null,
        string? noteLabel = null, IReadOnlyList<string>? lines = null) =>
        dialogs.AskAsync<ConfirmDialog, Confirmation>(
            title,
            new()
            {
                { x => x.Sentence, sentence },
                { x => x.Action, action },
                { x => x.ReasonLabel, reasonLabel },
                { x => x.Irreversible, irreversible },
                { x => x.Danger, danger },
                { x => x.Points, points ?? [] },
                { x => x.NoteLabel, noteLabel },
                { x => x.Lines, lines ?? [] },
            });
}
