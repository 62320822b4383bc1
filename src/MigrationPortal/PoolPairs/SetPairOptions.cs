using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Live;

namespace MigrationPortal.PoolPairs;

/// <param name="Reason">For whoever asks later; pages ask for it.</param>
internal sealed record SetPairOptions(string PoolPairId, PlanOptions Options, string? Reason = null)
{
    /// <summary>Any other one is refused. Null takes whatever is there.</summary>
    public int? Version { get; init; }

    /// <summary>The version that was edited: what others changed since stays, unless it is the same option. Null merges nothing.</summary>
    public int? BaseVersion { get; init; }

    /// <summary>The options that were changed from, where a form has shown them; null takes those of <see cref="BaseVersion"/>.</summary>
    public PlanOptions? Seen { get; init; }

    /// <summary>The <see cref="PairReviews.Mark"/> of the reviews that whoever changes them knows to end; null ends whatever is there.</summary>
    public string? ExpectedReviews { get; init; }
}

/// <summary>
/// Sets how the rooms of a pair are mapped, where their batch does not say otherwise. Batches that have not run are
/// planned again; one whose plan changes by it loses its approvals.
/// </summary>
internal sealed class SetPairOptionsHandler(
    IDbContextFactory<PortalDbContext> contexts, AuditTrail audit, LiveFeed feed, TimeProvider clock, IPairReviews reviews, IEnumerable<IAfterPairOptions> followers)
{
    public const string Action = "PoolPairOptionsChanged";

    private const int LongestReason = 2000;

    public async Task<Outcome<PoolPair>> HandleAsync(SetPairOptions request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireThere(caller, "change-options", [Role.Administrator], request.PoolPairId, null) is { } refusal)
            return refusal;
        if (PlanOptionFields.Check(request.Options) is { } unfit)
            return unfit;
        if (request.Reason?.Length > LongestReason)
            return new Refusal("invalid-name.length", RefusalKind.Invalid, new Wording("Text.OptionsReason"), 1, LongestReason, request.Reason.Length);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked, so that what was seen is what is replaced.
        var pair = await db.Set<PoolPair>().FromSql($"select * from portal.pool_pairs where id = {request.PoolPairId} for update").SingleOrDefaultAsync(cancellationToken);
        if (pair is null)
            return new Refusal("pool-pair-not-found", RefusalKind.NotFound, request.PoolPairId);
        var merged = await MergeAsync(db, pair, request, cancellationToken);
        if (!merged.IsDone)
            return merged.Refusal;
        var changes = OptionDifference.Between(pair.Options, merged.Value);
        if (changes.Count == 0)
            return pair;
        if (request.ExpectedReviews is { } expected && expected != await reviews.MarkAsync(db, pair.Id, cancellationToken))
            return new Refusal("review-moved.pair", RefusalKind.Conflict, pair.Name);
        var (before, after, now) = (OptionsMerge.Texts(pair.Options), OptionsMerge.Texts(merged.Value), clock.GetUtcNow());
        pair.Options = merged.Value;
        pair.OptionsVersion++;
        db.AddRange(after.Where(x => before[x.Key] != x.Value).Select(x => new PairOptionChange
        {
            PoolPairId = pair.Id, Version = pair.OptionsVersion, Name = x.Key, Old = before[x.Key], New = x.Value, By = caller.Name, At = now,
        }));
        await db.SaveChangesAsync(cancellationToken);
        var values = changes.ToDictionary(x => x.Name, string? (x) => $"{x.Old} → {x.New}", StringComparer.Ordinal);
        if (request.Reason?.Trim() is { Length: > 0 } reason)
            values["reason"] = reason;
        await audit.RecordAsync(db, caller, Action, $"pool-pair:{pair.Id}", pair.Id, values, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{pair.Id}");
        foreach (var follower in followers)
            await follower.AfterOptionsAsync(pair.Id, cancellationToken);
        return pair;
    }

    private static async Task<Outcome<PlanOptions>> MergeAsync(PortalDbContext db, PoolPair pair, SetPairOptions request, CancellationToken cancellationToken)
    {
        if (request.Version == pair.OptionsVersion || (request.Version ?? request.BaseVersion) is not { } version)
            return request.Options;
        var since = await PairOptionsSince.ReadAsync(db, pair, version, cancellationToken);
        if (since is null || request.Version is not null)
            return new Refusal("stale", RefusalKind.Stale, pair.Name) { Details = new StaleDetails(since?.Fields ?? []) };
        var before = request.Seen is { } seen ? OptionsMerge.Texts(seen) : since.Before(pair);
        var merge = OptionsMerge.Of(before, request.Options, pair.Options);
        if (merge.Met.Count == 0)
            return PlanOptionFields.Read(merge.Merged);
        var fields = merge.Met.Select(x => new FieldConflict(
            OptionsMerge.FieldOf(x.Name), x.Base, x.Theirs, x.Yours, since.LastOf(x.Name)?.By ?? "", since.LastOf(x.Name)?.At ?? default));
        return new EditConflict(pair.OptionsVersion, [.. fields]).ToRefusal(new Wording($"Title.{merge.Met[0].Name}"), pair.Name);
    }
}

/// <summary>What another room does once the options of a pair changed; Batches plans again.</summary>
internal interface IAfterPairOptions
{
    Task AfterOptionsAsync(string poolPairId, CancellationToken cancellationToken);
}
