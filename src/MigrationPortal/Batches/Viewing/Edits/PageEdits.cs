using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing.Edits;

/// <param name="BaseVersion">Whose changes the edit is merged with.</param>
/// <param name="Notice">What the person was told to end.</param>
/// <param name="Left">Fields that stay as another person set them.</param>
internal sealed record EditTry(int BaseVersion, IVoidNotice? Notice, IReadOnlySet<string> Left)
{
    public SeenRound? Round => Notice?.Seen;
}

/// <summary>
/// Sends what somebody edited on a page: merged with what others changed since, asked about where both set the same value or where more
/// would end than was said, and told what stands beside it.
/// </summary>
internal sealed class PageEdits(IDialogService dialogs, ConflictRows rows, IStringLocalizer<EditTexts> texts, IStringLocalizer<Parts> conflicts, BatchViewQueries batches, EditNoteSenders notes, Toasts toasts)
{
    private static readonly IReadOnlySet<string> _none = new HashSet<string>();

    /// <summary>For an edit of one field, which is done where the person leaves it to the other one.</summary>
    public Task<Outcome<BatchEdited>> SendAsync(BatchView seen, string field, Func<EditTry, Task<Outcome<BatchEdited>>> send, string? note = null) =>
        SendAsync(seen, seen.Batch.Version, attempt => attempt.Left.Contains(field) ? Task.FromResult<Outcome<BatchEdited>>(new BatchEdited(seen.Batch.Id, attempt.BaseVersion, seen.Batch.State)) : send(attempt), note);

    public Task<Outcome<BatchEdited>> SendAsync(BatchView seen, Func<EditTry, Task<Outcome<BatchEdited>>> send, string? note = null) => SendAsync(seen, seen.Batch.Version, send, note);

    /// <param name="seen">The batch whose review the person was told to end.</param>
    /// <param name="version">The one that was edited.</param>
    /// <param name="note">For whom the edit concerns; null or empty where there is none. It is sent once the edit is made.</param>
    public async Task<Outcome<BatchEdited>> SendAsync(BatchView seen, int version, Func<EditTry, Task<Outcome<BatchEdited>>> send, string? note = null)
    {
        var attempt = new EditTry(version, seen.VoidNotice, _none);
        while (true)
        {
            // Asked now: whose approval the edit ends is no longer known after it.
            var concerned = string.IsNullOrWhiteSpace(note) ? [] : attempt.Notice?.Concerned ?? [];
            var outcome = await send(attempt);
            if (outcome.IsDone)
            {
                await TellAsync(outcome.Value);
                if (!string.IsNullOrWhiteSpace(note))
                    await NoteAsync(seen, concerned, note);
            }

            var next = EditConflict.Of(outcome.Refusal) is { Version: { } theirs } conflict ? await ChooseAsync(attempt, conflict.Fields, theirs)
                : outcome.Refusal?.Code == "review-moved" ? await AskAsync(seen, attempt)
                : null;
            if (next is null)
                return outcome;
            attempt = next;
        }
    }

    /// <summary>Says what an edit of options ends, and asks.</summary>
    /// <returns>Null where it was cancelled; without having asked where it ends nothing.</returns>
    public async Task<Confirmation?> ConfirmAsync(BatchView view) =>
        view.VoidSentence is { } voids ? await dialogs.ConfirmAsync(texts["VoidTitle", view.Batch.Name], voids, texts["VoidAction"], noteLabel: NoteLabel(view)) : new Confirmation("", "");

    /// <summary>Of the field for a note to whom the edit concerns; null where it ends nothing, or concerns nobody else.</summary>
    public string? NoteLabel(BatchView view) =>
        view is { VoidSentence: not null, VoidNotice: { } notice } && notice.Concerned.Count > 0 ? texts["NoteLabel"].Value : null;

    private async Task<EditTry?> ChooseAsync(EditTry attempt, IReadOnlyList<FieldConflict> met, int version) =>
        await dialogs.AskConflictAsync(conflicts, await rows.OfAsync(met)) is { } choice
            ? attempt with { BaseVersion = version, Left = attempt.Left.Union(choice.Left).ToHashSet(StringComparer.Ordinal) }
            : null;

    // Another review than the one that was said, or one more approval: it is said again, as it is now. Under its own title, since closing it forgets what was typed under that.
    private async Task<EditTry?> AskAsync(BatchView seen, EditTry attempt)
    {
        var now = (await batches.FindAsync(seen.Batch.Id, seen.Caller, computes: false, CancellationToken.None))?.VoidNotice;
        var sentence = now?.SentenceAt(seen.Zone);
        return now is not null && (sentence is null || await dialogs.ConfirmAsync(texts["MovedTitle", seen.Batch.Name], sentence, texts["VoidAction"]) is not null) ? attempt with { Notice = now } : null;
    }

    private async Task NoteAsync(BatchView seen, IReadOnlyList<string> accounts, string note)
    {
        foreach (var each in notes.All)
        {
            if (await each.SendAsync(seen.Batch.Id, accounts, note, seen.Caller, CancellationToken.None) is { } refusal)
                toasts.Refused(refusal);
        }
    }

    private async Task TellAsync(BatchEdited edited)
    {
        if (edited.Beside.Count > 0)
            toasts.Done(texts["SavedWith", await rows.BesideAsync(edited.Beside)]);
    }
}
