using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches;

/// <summary>Refusals that several use cases share. A lost race is a normal answer: it names who was faster, and when.</summary>
internal sealed class BatchRefusals(TimeProvider clock)
{
    public static Refusal NotFound(long batchId) =>
        new("batch-not-found", $"There is no batch {batchId}; it may have been deleted.", RefusalKind.NotFound);

    /// <param name="rule">What would have been right, e.g. "Only a draft can be submitted."</param>
    public async Task<Refusal> WrongStateAsync(PortalDbContext db, long batchId, string rule, CancellationToken cancellationToken)
    {
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken);
        return batch is null
            ? NotFound(batchId)
            : new("wrong-state", $"“{batch.Name}” is {batch.State.Words()}{await LastAsync(db, batchId, cancellationToken)}. {rule}", RefusalKind.Conflict);
    }

    public async Task<Refusal> StaleAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        new("stale", $"“{batch.Name}” changed since you read it{await LastAsync(db, batch.Id, cancellationToken)}. Read it again and repeat your change.", RefusalKind.Stale);

    /// <summary>": anna approved it 2 s ago", or nothing when nothing is recorded.</summary>
    private async Task<string> LastAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var last = await db.Set<BatchEvent>().AsNoTracking()
            .Where(x => x.BatchId == batchId)
            .OrderByDescending(x => x.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return last is null ? "" : $": {last.By} {BatchEventKinds.Verb(last.Kind)} {Age(clock.GetUtcNow() - last.At)} ago";
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "a moment",
        { TotalMinutes: < 1 } => $"{(int)age.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };
}
