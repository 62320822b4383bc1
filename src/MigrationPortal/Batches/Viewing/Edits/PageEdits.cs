using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing.Edits;

/// <param name="BaseVersion">Whose changes the edit is merged with.</param>
/// <param name="Round">The round of review that the person knows to end.</param>
/// <param name="Left">Fields that stay as another person set them.</param>
internal sealed record EditTry(int BaseVersion, long? Round, IReadOnlySet<string> Left);

/// <summary>
/// Sends what somebody edited on a page: merged with what others changed since, asked about where both set the same value or where another review
/// would end than the one that was said, and told what stands beside it.
/// </summary>
internal sealed class PageEdits(IDialogService dialogs, ConflictRows rows, IStringLocalizer<EditTexts> texts, IStringLocalizer<Parts> conflicts, BatchViewQueries batches, Toasts toasts)
{
    private static readonly IReadOnlySet<string> _none = new HashSet<string>();

    /// <summary>For an edit of one field, which is done where the person leaves it to the other one.</summary>
    public Task<Outcome<BatchEdited>> SendAsync(BatchView seen, string field, Func<EditTry, Task<Outcome<BatchEdited>>> send) =>
        SendAsync(seen, seen.Batch.Version, attempt => attempt.Left.Contains(field) ? Task.FromResult<Outcome<BatchEdited>>(new BatchEdited(seen.Batch.Id, attempt.BaseVersion, seen.Batch.State)) : send(attempt));

    public Task<Outcome<BatchEdited>> SendAsync(BatchView seen, Func<EditTry, Task<Outcome<BatchEdited>>> send) => SendAsync(seen, seen.Batch.Version, send);

    /// <param name="seen">The batch whose review the person was told to end.</param>
    /// <param name="version">The one that was edited.</param>
    public async Task<Outcome<BatchEdited>> SendAsync(BatchView seen, int version, Func<EditTry, Task<Outcome<BatchEdited>>> send)
    {
        var attempt = new EditTry(version, seen.VoidNotice?.Round, _none);
        while (true)
        {
            var outcome = await send(attempt);
            if (outcome.IsDone)
                await TellAsync(outcome.Value);
            var next = EditConflict.Of(outcome.Refusal) is { Version: { } theirs } conflict ? await ChooseAsync(attempt, conflict.Fields, theirs)
                : outcome.Refusal?.Code == "review-moved" ? await AskAsync(seen, attempt)
                : null;
            if (next is null)
                return outcome;
            attempt = next;
        }
    }

    /// <summary>Says what an edit of options or rooms ends, and asks; true where it ends nothing.</summary>
    public async Task<bool> ConfirmAsync(BatchView view) =>
        view.VoidNotice?.Sentence is not { } voids || await dialogs.ConfirmAsync(texts["VoidTitle", view.Batch.Name], voids, texts["VoidAction"]) is not null;

    private async Task<EditTry?> ChooseAsync(EditTry attempt, IReadOnlyList<FieldConflict> met, int version) =>
        await dialogs.AskConflictAsync(conflicts, await rows.OfAsync(met)) is { } choice
            ? attempt with { BaseVersion = version, Left = attempt.Left.Union(choice.Left).ToHashSet(StringComparer.Ordinal) }
            : null;

    // Another review than the one that was said: it is said again, as it is now.
    private async Task<EditTry?> AskAsync(BatchView seen, EditTry attempt)
    {
        var now = (await batches.FindAsync(seen.Batch.Id, seen.Caller, computes: false, CancellationToken.None))?.VoidNotice;
        return now is not null && (now.Sentence is null || await dialogs.ConfirmAsync(texts["VoidTitle", seen.Batch.Name], now.Sentence, texts["VoidAction"]) is not null) ? attempt with { Round = now.Round } : null;
    }

    private async Task TellAsync(BatchEdited edited)
    {
        if (edited.Beside.Count > 0)
            toasts.Done(texts["SavedWith", await rows.BesideAsync(edited.Beside)]);
    }
}
