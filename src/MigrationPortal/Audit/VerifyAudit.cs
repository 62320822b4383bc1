using System.Data;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit;

/// <param name="Count">Rows read.</param>
/// <param name="BrokenId">Id of the first row that does not hold; null when the chain is whole.</param>
/// <param name="Reason">One sentence about that row; null when the chain is whole.</param>
internal sealed record AuditProof(long Count, string HeadHash, DateTimeOffset VerifiedAt, long? BrokenId, string? Reason)
{
    public bool IsWhole => BrokenId is null;
}

/// <summary>Reads the whole chain, one row at a time, and names the first row that is altered, missing or too many; the newest included.</summary>
internal sealed class VerifyAuditHandler(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public async Task<Outcome<AuditProof>> HandleAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (AuditRights.Refuse(caller) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // One snapshot: the rows and the head belong together while others keep writing.
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var head = await db.Database.SqlQuery<Head>($"select id, hash, count from portal.audit_head").ToListAsync(cancellationToken);
        if (head is not [var end])
            return new AuditProof(0, "", time.GetUtcNow(), 1, "The record of where the audit ends is gone, so nothing can be proven.");
        return await WalkAsync(db, end, cancellationToken);
    }

    private async Task<AuditProof> WalkAsync(PortalDbContext db, Head end, CancellationToken cancellationToken)
    {
        var (count, previous) = (0L, AuditHash.Genesis);
        var headHash = Convert.ToHexStringLower(end.Hash);
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(x => x.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            if (Judge(entry, count, previous, end) is { } broken)
                return new(count, headHash, time.GetUtcNow(), broken.Id, broken.Reason);
            previous = entry.Hash;
        }

        if (count < end.Id)
            return new(count, headHash, time.GetUtcNow(), count + 1, $"Row {count + 1} is missing, and so is everything after it: the audit once ended at row {end.Id}.");
        return previous.AsSpan().SequenceEqual(end.Hash)
            ? new(count, headHash, time.GetUtcNow(), null, null)
            : new(count, headHash, time.GetUtcNow(), count, $"Row {count} is not the row that the audit ended with.");
    }

    private static (long Id, string Reason)? Judge(AuditEntry entry, long expected, byte[] previous, Head end)
    {
        if (entry.Id != expected)
            return (expected, $"Row {expected} is missing.");
        if (entry.Id > end.Id)
            return (entry.Id, $"Row {entry.Id} was added behind the end of the chain.");
        if (!entry.PreviousHash.AsSpan().SequenceEqual(previous))
            return (entry.Id, $"Row {entry.Id} does not follow from the row before it.");
        return AuditHash.Of(previous, entry).AsSpan().SequenceEqual(entry.Hash) ? null : (entry.Id, $"Row {entry.Id} was changed after it was written.");
    }

    private sealed record Head(long Id, byte[] Hash, long Count);
}
