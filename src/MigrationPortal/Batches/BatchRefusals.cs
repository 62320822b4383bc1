using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches;

/// <summary>Refusals that several use cases share. A lost race is a normal answer: it names who was faster, and when.</summary>
internal sealed class BatchRefusals(TimeProvider clock)
{
    public static Refusal NotFound(long batchId) =>
        new("batch-not-found", RefusalKind.NotFound, $"{batchId}");

    /// <param name="rule">What would have been right: a resource, e.g. <c>Rule.Submit</c>.</param>
    public Task<Refusal> WrongStateAsync(PortalDbContext db, long batchId, string rule, CancellationToken cancellationToken) =>
        WrongStateAsync(db, batchId, _ => rule, cancellationToken);

    /// <param name="rule">As above, by the state in which the batch is found.</param>
    public async Task<Refusal> WrongStateAsync(PortalDbContext db, long batchId, Func<BatchState, string> rule, CancellationToken cancellationToken)
    {
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken);
        if (batch is null)
            return NotFound(batchId);
        return await LastAsync(db, batchId, cancellationToken) is { } last
            ? new("wrong-state.since", RefusalKind.Conflict, batch.Name, batch.State, new Wording(rule(batch.State)), last)
            : new("wrong-state", RefusalKind.Conflict, batch.Name, batch.State, new Wording(rule(batch.State)));
    }

    /// <param name="seen">The version that the caller saw: the refusal then names the fields that were changed since. Null names none.</param>
    public async Task<Refusal> StaleAsync(PortalDbContext db, Batch batch, int? seen, CancellationToken cancellationToken)
    {
        Refusal stale = await LastAsync(db, batch.Id, cancellationToken) is { } last ? new("stale.since", RefusalKind.Stale, batch.Name, last) : new("stale", RefusalKind.Stale, batch.Name);
        return seen is { } version && await ChangesSince.ReadAsync(db, batch, version, cancellationToken) is { } since
            ? stale with { Details = new StaleDetails(since.All.Select(x => x.Field)) }
            : stale;
    }

    /// <summary>"anna approved the batch (2 s ago)", or null when nothing is recorded.</summary>
    private async Task<Wording?> LastAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var last = await db.Set<BatchEvent>().AsNoTracking()
            .Where(x => x.BatchId == batchId)
            .OrderByDescending(x => x.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return last is null ? null : new("Event.Ago", BatchEventKinds.Sentence(last.Kind, last.By), Age(clock.GetUtcNow() - last.At));
    }

    private static Wording Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => new("Age.Moment"),
        { TotalMinutes: < 1 } => new("Age.Seconds", (int)age.TotalSeconds),
        { TotalHours: < 1 } => new("Age.Minutes", (int)age.TotalMinutes),
        { TotalDays: < 1 } => new("Age.Hours", (int)age.TotalHours),
        _ => new("Age.Days", (int)age.TotalDays),
    };
}
