using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Runs.Limiting;

namespace MigrationPortal.Runs.Steering;

/// <param name="MessagesPerSecond">Over all rooms of the run; null takes the limit off.</param>
internal sealed record ThrottleRun(long BatchId, int? MessagesPerSecond);

/// <summary>Makes a run go easier on servers that people work with; it acts within a second and holds through pauses.</summary>
internal sealed class ThrottleRunHandler(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, LiveFeed feed)
{
    public async Task<Outcome<RunMoved>> HandleAsync(ThrottleRun request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Operator, "limit-speed") is { } refusal)
            return refusal;
        if (request.MessagesPerSecond is < 1 or > RunLimits.FastestRate)
            return new Refusal("throttle-invalid", RefusalKind.Invalid, request.MessagesPerSecond, RunLimits.FastestRate);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, caller, [Role.Operator], "limit-speed", cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        var run = await db.Set<Run>().AsNoTracking().Where(x => x.BatchId == batch.Id).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (run is null || !await SetAsync(db, run, request.MessagesPerSecond, cancellationToken))
            return await refusals.WrongStateAsync(db, batch.Id, "Rule.Throttle", cancellationToken);
        await timeline.RecordAsync(db, batch, Step(caller, batch, run.Id, run.MessagesPerSecond, request.MessagesPerSecond), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        feed.Announce($"run:{run.Id}");
        return new RunMoved(batch.Id, run.Id, run.State);
    }

    private static async Task<bool> SetAsync(PortalDbContext db, Run run, int? rate, CancellationToken cancellationToken) =>
        await db.Set<Run>().Where(x => x.Id == run.Id && !RunStates.Over.Contains(x.State)).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.MessagesPerSecond, rate).SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken) == 1;

    internal static TimelineEntry Step(Caller caller, Batch batch, long run, int? before, int? rate) => new(
        caller,
        "RunThrottled",
        batch.State,
        batch.State,
        rate is { } limit ? new("Detail.Throttled", limit) : new("Detail.NotThrottled"),
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["run"] = run.ToString(CultureInfo.InvariantCulture),
            ["before"] = before?.ToString(CultureInfo.InvariantCulture),
            ["after"] = rate?.ToString(CultureInfo.InvariantCulture),
        });
}
