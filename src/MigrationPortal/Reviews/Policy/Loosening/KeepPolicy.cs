using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Reviews.Policy.Loosening;

/// <param name="By">Whose policy it is.</param>
/// <param name="ConfirmedBy">The second administrator; null where none was needed.</param>
internal sealed record NewPolicy(string PoolPairId, ReviewPolicy Policy, string By, string Reason, bool AlsoOpen, string? ConfirmedBy = null);

internal sealed record KeptPolicy(PolicyVersion Version, IReadOnlyList<Batch> Applied);

/// <summary>Adds a version of a pool pair's policy, and tells of it, within a transaction that holds the pair's policy.</summary>
internal sealed class KeepPolicy(ApplyPolicy apply, PolicyProposals proposals, BatchTimeline timeline, NoticeOutbox outbox, LiveFeed feed, TimeProvider clock)
{
    /// <summary>
    /// Holds the pair's policy until the transaction ends, so that what was seen is what is replaced. False where there is no such pair.
    /// Not the pair's row: batches are locked after this one, and whoever stores a plan locks that row after its batch.
    /// </summary>
    public static async Task<bool> LockAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        await NamedLocks.TakeAsync(db, $"policy:{poolPairId}", cancellationToken);
        return await PoolPairQueries.FindAsync(db, poolPairId, cancellationToken) is not null;
    }

    /// <param name="by">Who acts now.</param>
    public async Task<KeptPolicy> HandleAsync(PortalDbContext db, NewPolicy policy, CurrentPolicy before, Caller by, CancellationToken cancellationToken)
    {
        var version = new PolicyVersion
        {
            PoolPairId = policy.PoolPairId,
            Version = before.Version + 1,
            Body = policy.Policy,
            By = policy.By,
            At = clock.GetUtcNow(),
            Reason = policy.Reason,
            AlsoOpen = policy.AlsoOpen,
            ConfirmedBy = policy.ConfirmedBy,
        };
        await proposals.ReplaceAsync(db, policy.PoolPairId, by, cancellationToken);
        db.Add(version);
        NoticeOutbox.Add(db, new NoticeEvent
        {
            Kind = ReviewNotices.PolicyChanged,
            Subject = $"pool-pair:{policy.PoolPairId}",
            PoolPairId = policy.PoolPairId,
            By = by.Name,
            At = version.At,
            Title = policy.PoolPairId,
            Sentence = new("Notice.PolicyChanged", by.DisplayName),
            Detail = Wording.OfText(policy.Reason),
            Url = Ui.Urls.Policy(policy.PoolPairId),
        });
        await db.SaveChangesAsync(cancellationToken);
        var applied = policy.AlsoOpen ? await apply.HandleAsync(db, version, by, cancellationToken) : [];
        var values = Values(before.Policy, version.Body, version.Version, version.AlsoOpen, version.Reason);
        values["proposedBy"] = version.ConfirmedBy is null ? null : version.By;
        await timeline.RecordAllAsync(db, applied, [new AuditRecord(by, "PolicySet", $"pool-pair:{policy.PoolPairId}", policy.PoolPairId, values)], cancellationToken);
        return new(version, [.. applied.Select(x => x.Batch)]);
    }

    /// <summary>After the commit.</summary>
    public void Announce(KeptPolicy kept)
    {
        foreach (var batch in kept.Applied)
            timeline.Announce(batch);
        feed.Announce($"pair:{kept.Version.PoolPairId}");
        feed.Announce("reviews");
        outbox.Wake();
    }

    public static Dictionary<string, string?> Values(ReviewPolicy before, ReviewPolicy after, int version, bool alsoOpen, string reason) => new(StringComparer.Ordinal)
    {
        ["before"] = JsonSerializer.Serialize(before, JsonSerializerOptions.Web),
        ["after"] = JsonSerializer.Serialize(after, JsonSerializerOptions.Web),
        ["version"] = version.ToString(CultureInfo.InvariantCulture),
        ["alsoOpen"] = alsoOpen ? "true" : "false",
        ["reason"] = reason,
    };
}
