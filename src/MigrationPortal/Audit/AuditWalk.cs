using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit;

/// <summary>What a walk found.</summary>
/// <param name="Count">Rows read.</param>
/// <param name="BrokenId">Id of the first row that does not hold; null when the chain is whole.</param>
/// <param name="Reason">One sentence about that row; null when the chain is whole.</param>
/// <param name="AnchoredTo">The newest row that an anchor kept elsewhere agrees with; what comes after is open. Null without anchors.</param>
internal sealed record AuditProof(long Count, string HeadHash, DateTimeOffset VerifiedAt, long? BrokenId, Wording? Reason, long? AnchoredTo = null)
{
    public bool IsWhole => BrokenId is null;

    /// <summary>Rows that no anchor covers yet.</summary>
    public long OpenCount => Count - (AnchoredTo ?? 0);
}

/// <summary>Reads the whole chain, one row at a time, and names the first row that is altered, missing or too many; the newest included.</summary>
internal sealed class AuditWalk(TimeProvider time)
{
    /// <param name="anchors">What was kept elsewhere.</param>
    public async Task<AuditProof> RunAsync(PortalDbContext db, IReadOnlyList<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        // One snapshot: the rows and the head belong together while others keep writing.
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await AuditHead.ReadAsync(db, cancellationToken) is not { } end)
            return new AuditProof(0, "", time.GetUtcNow(), 1, new("Audit.HeadGone"));
        return await WalkAsync(db, end, anchors.ToLookup(x => x.Id), cancellationToken);
    }

    private async Task<AuditProof> WalkAsync(PortalDbContext db, AuditHead end, ILookup<long, AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        var (count, previous, anchored) = (0L, AuditHash.Genesis, (long?)null);
        var headHash = Convert.ToHexStringLower(end.Hash);
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(x => x.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            if (Judge(entry, count, previous, end) is { } broken)
                return Broken(broken.Id, broken.Reason);
            previous = entry.Hash;
            foreach (var anchor in anchors[entry.Id])
            {
                if (!anchor.Hash.AsSpan().SequenceEqual(entry.Hash))
                    return Broken(entry.Id, new("Audit.NotAnchored", Text(entry.Id), anchor.At));
                anchored = entry.Id;
            }
        }

        if (count < end.Id)
            return Broken(count + 1, new("Audit.CutOff", Text(count + 1), Text(end.Id)));
        // A chain that was rewritten as a whole, and ends earlier now.
        if (anchors.Select(x => x.Key).Where(x => x > count).DefaultIfEmpty().Min() is > 0 and var beyond)
            return Broken(beyond, new("Audit.AnchoredMissing", Text(beyond), anchors[beyond].First().At));
        return previous.AsSpan().SequenceEqual(end.Hash)
            ? new(count, headHash, time.GetUtcNow(), null, null, anchored)
            : Broken(count, new("Audit.NotTheEnd", Text(count)));

        AuditProof Broken(long id, Wording reason) => new(count, headHash, time.GetUtcNow(), id, reason, anchored);
    }

    private static (long Id, Wording Reason)? Judge(AuditEntry entry, long expected, byte[] previous, AuditHead end)
    {
        if (entry.Id != expected)
            return (expected, new("Audit.Missing", Text(expected)));
        if (entry.Id > end.Id)
            return (entry.Id, new("Audit.Added", Text(entry.Id)));
        if (!entry.PreviousHash.AsSpan().SequenceEqual(previous))
            return (entry.Id, new("Audit.NotFollowing", Text(entry.Id)));
        return AuditHash.Of(previous, entry).AsSpan().SequenceEqual(entry.Hash) ? null : (entry.Id, new("Audit.Changed", Text(entry.Id)));
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
