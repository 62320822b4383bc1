using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Runs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Batches whose state asks for a person: operators start, resume and read findings, planners submit what they created or submitted before.</summary>
internal sealed class BatchLines(
    BatchQueries batches, FallenBack fallen, Submitters submitters, RunQueries runs, ReviewQueries reviews, LiveReviews live, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, IStringLocalizer<Counts> counts,
    SharedReading<BatchLines.Waiting> shared) : IInboxLines
{
    // A count, not a length of a list: a room is in one open batch at most, so this is more than the largest pool (33 077 rooms) can reach.
    private const int Most = 50_000;

    private static readonly IReadOnlyDictionary<long, DateTimeOffset> NoneBack = new Dictionary<long, DateTimeOffset>();

    private static readonly IReadOnlyDictionary<long, string> NoneSubmitted = new Dictionary<long, string>();

    private static readonly BatchState[] OfOperators = [BatchState.Failed, BatchState.Paused, BatchState.Approved, BatchState.CompletedWithFindings];

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var lines = new List<InboxLine>();
        if (caller.Has(Role.Operator))
        {
            var waiting = await ReadAsync(poolPairId, OfOperators, cancellationToken);
            Dictionary<long, Refusal> barred = waiting.Rows.Any(x => x.State == BatchState.Approved) ? await ReadBarredAsync(poolPairId, caller, cancellationToken) : [];
            foreach (var row in waiting.Rows.Where(x => Rights.HasIn(caller, Role.Operator, x.PoolPairId)))
            {
                var line = await OfOperatorAsync(row, cancellationToken);
                if (row.State == BatchState.Approved && barred.TryGetValue(row.Id, out var why))
                    line = line with { DisabledReason = why.Message };
                // What resumes by itself needs nobody, unless it could not.
                if (row.State != BatchState.Paused || !waiting.Resuming.TryGetValue(row.Id, out var note))
                    lines.Add(line);
                else if (note is not null)
                    lines.Add(line with { Reason = note.ToString() });
            }
        }

        if (caller.Has(Role.Planner))
        {
            var drafts = await ReadAsync(poolPairId, [BatchState.Draft], cancellationToken);
            foreach (var row in drafts.Rows.Where(x => IsTheirs(x, drafts, caller)))
                lines.Add(await OfPlannerAsync(row, drafts.SentBack.GetValueOrDefault(row.Id), drafts.FallenBack.GetValueOrDefault(row.Id), cancellationToken));
        }

        return lines;
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "run", "draft") is { } batch
            ? details.FindAsync(batch, caller, x => x.State == BatchState.Draft || OfOperators.Contains(x.State), cancellationToken)
            : Task.FromResult<InboxDetail?>(null);

    private static bool IsTheirs(BatchRow row, Waiting drafts, Caller caller) =>
        (row.Author == caller.Name || drafts.Submitters.GetValueOrDefault(row.Id) == caller.Name) && Rights.HasIn(caller, Role.Planner, row.PoolPairId);

    private Task<Waiting> ReadAsync(string? poolPairId, BatchState[] states, CancellationToken cancellationToken) => shared.ReadAsync(
        $"{states[0]} {poolPairId}",
        async () =>
        {
            var rows = (await batches.ListAsync(new BatchFilter(poolPairId, states), new Paging(0, Most), CancellationToken.None, progress: false)).Items;
            var drafts = rows.Where(x => x.State == BatchState.Draft).Select(x => x.Id).ToList();
            var sentBack = drafts.Count == 0 ? new Dictionary<long, Decision>() : await reviews.SentBackAsync(drafts, CancellationToken.None);
            IReadOnlyDictionary<long, DateTimeOffset> back = states[0] == BatchState.Draft ? await fallen.FindAsync([.. rows.Select(x => x.Id)], CancellationToken.None) : NoneBack;
            var submitted = drafts.Count == 0 ? NoneSubmitted : await submitters.FindAsync(drafts, CancellationToken.None);
            return new Waiting(rows, sentBack, back, submitted, await runs.ListPausedByWindowAsync(CancellationToken.None));
        },
        cancellationToken);

    // Plans that somebody else has to start, by what the start itself would answer.
    private async Task<Dictionary<long, Refusal>> ReadBarredAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var barred = new Dictionary<long, Refusal>();
        foreach (var (read, standing, _) in (await live.ReadAsync(poolPairId, cancellationToken)).Reviews)
        {
            if (read.Review is { Kind: ReviewKind.Plan, State: ReviewState.Approved } && StartGate.RefuseStarter(read, standing, caller) is { } why)
                barred[read.Batch.Id] = why;
        }

        return barred;
    }

    private async Task<InboxLine> OfOperatorAsync(BatchRow row, CancellationToken cancellationToken)
    {
        var sums = (counts.Count("Rooms", row.RoomCount), counts.Count("Messages", row.MessageCount));
        var approver = row.ApprovedBy is { } by ? await names.FindAsync(by, cancellationToken) : "";
        InboxLine Line(InboxClass when, string icon, Tone tone, string title, string reason, string? tab, string action) =>
            new(InboxKeys.Of("run", row.Id), when, icon, tone, title, reason, row.ChangedAt, Urls.Batch(row.Id, tab, row.PoolPairId), action) { BatchId = row.Id };
        return row.State switch
        {
            BatchState.Failed => Line(InboxClass.Now, PortalIcons.ErrorOutline, Tone.Bad, texts["Failed", row.Name], texts["FailedReason"], "run", texts["OpenRun"]),
            BatchState.Paused => Line(InboxClass.Decide, PortalIcons.PauseCircle, Tone.Warn, texts["Paused", row.Name], texts["PausedReason"], "run", texts["OpenRun"]),
            BatchState.Approved => Line(InboxClass.Decide, PortalIcons.PlayCircle, Tone.Run, texts["Start", row.Name], texts["StartReason", sums.Item1, sums.Item2, approver], null, texts["OpenStart"]),
            _ => Line(InboxClass.Do, PortalIcons.FactCheck, Tone.Warn, texts["Findings", row.Name], texts["FindingsReason"], "verification", texts["OpenVerification"]),
        };
    }

    private async Task<InboxLine> OfPlannerAsync(BatchRow row, Decision? back, DateTimeOffset fellBackAt, CancellationToken cancellationToken)
    {
        var sentBack = back is { Comment: { } comment }
            ? texts["SentBackReason", await names.FindAsync(back.By, cancellationToken), comment].Value
            : null;
        var reason = sentBack ?? (row.BlockerCount > 0 ? texts.Count("DraftBlocked", row.BlockerCount) : row.OpenWarningCount > 0 ? texts.Count("DraftWarnings", row.OpenWarningCount) : texts["DraftReady"]);
        if (sentBack is null && fellBackAt != default)
        {
            return new(
                InboxKeys.Of("draft", row.Id), InboxClass.Decide, PortalIcons.SyncProblem, Tone.Warn, texts["PlanChanged", row.Name], texts["PlanChangedReason", reason],
                fellBackAt, Urls.Batch(row.Id, pair: row.PoolPairId), texts["OpenBatch"]) { BatchId = row.Id, State = StateOf(row) };
        }

        return new(
            InboxKeys.Of("draft", row.Id),
            sentBack is null ? InboxClass.Do : InboxClass.Decide,
            sentBack is null ? PortalIcons.EditNote : PortalIcons.Reply,
            sentBack is null ? Tone.Off : Tone.Warn,
            texts[sentBack is null ? "Draft" : "SentBack", row.Name],
            reason,
            row.ChangedAt,
            Urls.Batch(row.Id, pair: row.PoolPairId),
            texts["OpenBatch"])
        {
            BatchId = row.Id,
            State = StateOf(row),
        };
    }

    private static string StateOf(BatchRow row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Version}:{row.BlockerCount}:{row.OpenWarningCount}");

    /// <summary>For everybody; whose each is, is judged when somebody asks.</summary>
    /// <param name="Resuming">Batches that a window paused: they resume by themselves, or the note says why not.</param>
    /// <param name="FallenBack">Drafts that a changed source took back, and when.</param>
    /// <param name="Submitters">Who submitted a draft last, where anybody did.</param>
    internal sealed record Waiting(IReadOnlyList<BatchRow> Rows, IReadOnlyDictionary<long, Decision> SentBack, IReadOnlyDictionary<long, DateTimeOffset> FallenBack, IReadOnlyDictionary<long, string> Submitters, IReadOnlyDictionary<long, Wording?> Resuming);
}
