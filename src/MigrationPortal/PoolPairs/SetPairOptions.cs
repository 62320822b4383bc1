using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs.Viewing;

namespace MigrationPortal.PoolPairs;

/// <param name="Seen">The options that were changed from: what others changed since stays, unless it is the same option. Null takes whatever is there.</param>
/// <param name="Reason">For whoever asks later; pages ask for it.</param>
internal sealed record SetPairOptions(string PoolPairId, PlanOptions Options, PlanOptions? Seen = null, string? Reason = null);

/// <summary>
/// Sets how the rooms of a pair are mapped, where their batch does not say otherwise. Batches that have not run are
/// planned anew; one whose plan changes by it loses its approvals.
/// </summary>
internal sealed class SetPairOptionsHandler(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit, LiveFeed feed, OptionChangeQueries who, IEnumerable<IAfterPairOptions> followers)
{
    public const string Action = "PoolPairOptionsChanged";

    private const int LongestReason = 2000;

    public async Task<Outcome<PoolPair>> HandleAsync(SetPairOptions request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "change-options") is { } refusal)
            return refusal;
        if (PlanOptionFields.Check(request.Options) is { } unfit)
            return unfit;
        if (request.Reason?.Length > LongestReason)
            return new Refusal("invalid-name.length", RefusalKind.Invalid, new Wording("Text.OptionsReason"), 1, LongestReason, request.Reason.Length);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked, so that what was seen is what is replaced.
        var pair = await db.Set<PoolPair>().FromSql($"select * from portal.pool_pairs where id = {request.PoolPairId} for update").FirstOrDefaultAsync(cancellationToken);
        if (pair is null)
            return new Refusal("pool-pair-not-found", RefusalKind.NotFound, request.PoolPairId);
        var merged = request.Seen is { } seen ? await MergeAsync(pair, seen, request.Options, cancellationToken) : request.Options;
        if (!merged.IsDone)
            return merged.Refusal;
        var changes = OptionDifference.Between(pair.Options, merged.Value);
        if (changes.Count == 0)
            return pair;
        pair.Options = merged.Value;
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

    private async Task<Outcome<PlanOptions>> MergeAsync(PoolPair pair, PlanOptions seen, PlanOptions wanted, CancellationToken cancellationToken)
    {
        var merge = OptionsMerge.Of(seen, wanted, pair.Options);
        if (merge.Met.Count == 0)
            return PlanOptionFields.Read(merge.Merged);
        var latest = await who.LatestAsync(pair.Id, cancellationToken);
        var fields = merge.Met.Select(x => new FieldConflict(x.Name, x.Base, x.Theirs, x.Yours, latest.GetValueOrDefault(x.Name)?.By ?? "", latest.GetValueOrDefault(x.Name)?.At ?? default));
        return new EditConflict(Version: null, [.. fields]).ToRefusal(new Wording($"Title.{merge.Met[0].Name}"), pair.Name);
    }
}

/// <summary>What another room does once the options of a pair changed; Batches plans again.</summary>
internal interface IAfterPairOptions
{
    Task AfterOptionsAsync(string poolPairId, CancellationToken cancellationToken);
}
