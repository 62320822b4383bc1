using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MigrationPortal.Ui.Asking;

/// <summary>One value that two people set, as a reader sees it.</summary>
/// <param name="By">Display name of who set <paramref name="Theirs"/>.</param>
public sealed record ConflictRow(string Field, string Label, string Base, string Theirs, string Yours, string By, DateTimeOffset At);

/// <param name="Left">Fields that stay as the other person set them.</param>
public sealed record ConflictChoice(IReadOnlySet<string> Left);

internal static class ConflictPrompt
{
    /// <summary>Shows both values of each, the reader's own chosen at first; null when cancelled.</summary>
    public static Task<ConflictChoice?> AskConflictAsync(this IDialogService dialogs, IStringLocalizer<Parts> texts, IReadOnlyList<ConflictRow> rows) =>
        dialogs.AskAsync<ConflictDialog, ConflictChoice>(texts["ConflictTitle"], new() { { x => x.Rows, rows } });
}
