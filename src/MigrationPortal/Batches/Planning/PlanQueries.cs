using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Batches.Planning;

/// <param name="Kinds">Null shows all.</param>
internal sealed record PlanFilter(IReadOnlyCollection<string>? Kinds = null, IReadOnlyCollection<string>? Actions = null, long? RoomId = null, string? Search = null)
{
    public bool IsAll => Kinds is null or { Count: 0 } && Actions is null or { Count: 0 } && RoomId is null && string.IsNullOrWhiteSpace(Search);
}

/// <summary>Reads what was planned; computing is <see cref="PlanBatchHandler"/>'s.</summary>
internal sealed class PlanQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Page<PlanItem>> ItemsAsync(long planId, PlanFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var items = Items(db, planId, filter);
        var total = filter.IsAll ? await CountAsync(db, planId, cancellationToken) : await items.LongCountAsync(cancellationToken);
        var page = await items.OrderBy(x => x.Ordinal).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, page);
    }

    public async Task<long> CountAsync(long planId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await CountAsync(db, planId, cancellationToken);
    }

    // Lines are numbered from 1 without a gap, and a plan may have a million.
    private static async Task<long> CountAsync(PortalDbContext db, long planId, CancellationToken cancellationToken) =>
        await db.Set<PlanItem>().Where(x => x.PlanId == planId).MaxAsync(x => (int?)x.Ordinal, cancellationToken) ?? 0;

    public async IAsyncEnumerable<PlanItem> StreamItemsAsync(long planId, PlanFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var item in Items(db, planId, filter).OrderBy(x => x.Ordinal).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return item;
    }

    private static IQueryable<PlanItem> Items(PortalDbContext db, long planId, PlanFilter filter)
    {
        var items = db.Set<PlanItem>().AsNoTracking().Where(x => x.PlanId == planId);
        if (filter.Kinds is { Count: > 0 } kinds)
            items = items.Where(x => kinds.Contains(x.Kind));
        if (filter.Actions is { Count: > 0 } actions)
            items = items.Where(x => actions.Contains(x.Action));
        if (filter.RoomId is { } room)
            items = items.Where(x => x.RoomId == room);
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var search = filter.Search.Trim();
            // A room or category is found by its name in the legacy pool, too.
            items = items.Where(x => SearchText.Contains(x.Subject, search) || SearchText.Contains(x.Property, search) || x.Code == search
                || (((x.Kind == PlanItemKinds.Room && x.Property == "Name") || (x.Kind == PlanItemKinds.Category && x.Property == null)) && SearchText.Contains(x.Old, search)));
        }

        return items;
    }

    /// <summary>The lines of the kept plan, stale or not.</summary>
    public static IQueryable<PlanItem> Newest(PortalDbContext db, long batchId)
    {
        var plan = db.Set<BatchPlan>().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).Select(x => x.Id).Take(1);
        return db.Set<PlanItem>().AsNoTracking().Where(x => plan.Contains(x.PlanId));
    }

    /// <summary>The kept plan, stale or not.</summary>
    public async Task<PlanHead?> FindHeadAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<BatchPlan>().AsNoTracking()
            .Where(x => x.BatchId == batchId)
            .OrderByDescending(x => x.Id)
            .Select(x => new PlanHead(x.Id, x.ScanId, x.BatchVersion, x.Fingerprint, x.ComputedAt, x.MessageCount, x.Totals, x.Options))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The newest plan with that fingerprint, while it is kept.</summary>
    public async Task<PlanHead?> FindHeadAsync(long batchId, string fingerprint, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<BatchPlan>().AsNoTracking()
            .Where(x => x.BatchId == batchId && x.Fingerprint == fingerprint)
            .OrderByDescending(x => x.Id)
            .Select(x => new PlanHead(x.Id, x.ScanId, x.BatchVersion, x.Fingerprint, x.ComputedAt, x.MessageCount, x.Totals, x.Options))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What the plan calls these rooms.</summary>
    public async Task<IReadOnlyDictionary<long, string>> NamesAsync(long planId, IReadOnlyCollection<long> roomIds, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<PlanItem>().AsNoTracking()
            .Where(x => x.PlanId == planId && x.Kind == PlanItemKinds.Room && x.Property == "Name" && roomIds.Contains(x.RoomId!.Value))
            .ToDictionaryAsync(x => x.RoomId!.Value, x => x.New ?? x.Subject, cancellationToken);
    }

    /// <inheritdoc cref="CategoryKeys.FindAsync"/>
    public async Task<IReadOnlyDictionary<string, string>> CategoryKeysAsync(long planId, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await CategoryKeys.FindAsync(db, planId, names, cancellationToken);
    }

    /// <summary>All at once, blocking first, then by rule.</summary>
    public async Task<Page<BatchFinding>> FindingsAsync(long batchId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var findings = db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == batchId);
        var total = await findings.LongCountAsync(cancellationToken);
        return new(total, await Ordered(findings).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    /// <summary>In the same order.</summary>
    public async IAsyncEnumerable<BatchFinding> StreamFindingsAsync(long batchId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var finding in Ordered(db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == batchId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return finding;
    }

    private static IOrderedQueryable<BatchFinding> Ordered(IQueryable<BatchFinding> findings) => findings
        .OrderBy(x => x.Severity == Severity.Blocker ? 0 : x.Severity == Severity.Warning ? 1 : 2)
        .ThenBy(x => x.RuleId).ThenBy(x => x.Subject).ThenBy(x => x.Id);
}
