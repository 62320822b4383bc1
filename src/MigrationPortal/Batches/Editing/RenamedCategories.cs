using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Editing;

/// <summary>New names of a batch's categories: an event for each, and a handful of statements for all of them.</summary>
/// <param name="names">By the category's guid in the new pool; null or blank lets the planner name it.</param>
internal sealed class RenamedCategories(IReadOnlyDictionary<Guid, string?> names) : EditTogether<Guid>(names, "Text.CategoryName")
{
    public static IEnumerable<EditPart> Parts(IReadOnlyDictionary<Guid, string?> names) => new RenamedCategories(names).Parts(BatchEventKinds.CategoryRenamed);

    protected override string FieldOf(Guid key) => BatchFields.CategoryName(key);

    protected override async Task<Refusal?> EditAsync(PortalDbContext db, Batch batch, IReadOnlyDictionary<Guid, string?> chosen, CancellationToken cancellationToken)
    {
        var ids = chosen.Keys.ToArray();
        var held = await db.Set<BatchCategory>().Where(x => x.BatchId == batch.Id && ids.Contains(x.Category)).ToDictionaryAsync(x => x.Category, x => x.NewName, cancellationToken);
        var changed = chosen.Where(x => held.GetValueOrDefault(x.Key) != x.Value).ToDictionary();
        var given = changed.Where(x => x.Value is not null).ToDictionary(x => x.Key, x => x.Value!);
        if (await UnknownAsync(db, batch, [.. given.Keys.Except(held.Keys)], cancellationToken) is { } unknown)
            return unknown;
        // Each edit holds its own batch; the name is one for all batches of the pair.
        if (given.Count > 0)
            await NamedLocks.TakeAsync(db, $"category-names:{batch.PoolPairId}", cancellationToken);
        if (await OtherAsync(db, batch, given, cancellationToken) is { } other)
            return other;
        var replaced = changed.Keys.ToArray();
        await db.Set<BatchCategory>().Where(x => x.BatchId == batch.Id && replaced.Contains(x.Category)).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(given.Select(x => new BatchCategory { BatchId = batch.Id, Category = x.Key, NewName = x.Value }));
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (category, name) in changed)
        {
            Note(category, new EditNote(
                name is null ? new("Detail.CategoryNamedByRule", category) : new("Detail.CategoryNamed", category, name),
                new Dictionary<string, string?> { ["category"] = category.ToString("D"), ["before"] = held.GetValueOrDefault(category), ["after"] = name })
            {
                Changes = [new(BatchFields.CategoryName(category), held.GetValueOrDefault(category), name)],
            });
        }

        return null;
    }

    // A part of a split category has a guid that only a plan knows.
    private static async Task<Refusal?> UnknownAsync(PortalDbContext db, Batch batch, Guid[] categories, CancellationToken cancellationToken)
    {
        var unknown = categories.Except(await LegacyCategories.ListAsync(db, batch.PoolPairId, categories, cancellationToken)).ToList();
        if (unknown.Count == 0)
            return null;
        var document = await db.Set<BatchPlan>().Where(x => x.BatchId == batch.Id).OrderByDescending(x => x.Id).Select(x => x.Document).FirstOrDefaultAsync(cancellationToken);
        var planned = document is null ? [] : PlanDocument.Read(document).Categories.Select(x => x.Guid).ToHashSet();
        return unknown.Where(x => !planned.Contains(x)).Select(x => (Guid?)x).FirstOrDefault() is { } first
            ? new Refusal("category-unknown", RefusalKind.NotFound, batch.Name, first.ToString("D"))
            : null;
    }

    // A category is shared by the batches that need it.
    private static async Task<Refusal?> OtherAsync(PortalDbContext db, Batch batch, Dictionary<Guid, string> given, CancellationToken cancellationToken)
    {
        var ids = given.Keys.ToArray();
        var others = await BatchCategory.Chosen(db, batch.PoolPairId)
            .Where(x => x.BatchId != batch.Id && ids.Contains(x.Category))
            .Join(db.Set<Batch>(), x => x.BatchId, x => x.Id, (named, holder) => new { named.Category, named.NewName, holder.Name })
            .ToListAsync(cancellationToken);
        return others.Find(x => x.NewName != given[x.Category]) is { } other
            ? new Refusal("category-named-otherwise", RefusalKind.Conflict, other.Name, other.NewName)
            : null;
    }
}
