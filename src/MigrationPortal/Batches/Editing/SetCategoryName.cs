using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <param name="Category">nodeGuid of the planned category, as the plan's categories list it: each part of a split one has its own.</param>
/// <param name="NewName">What the category is called in the new pool; null or blank lets the planner name it.</param>
internal sealed record SetCategoryName(long BatchId, Guid Category, string? NewName, int? Version = null);

/// <summary>A category is shared by the batches that need it, so that one name holds for all of them.</summary>
internal sealed class SetCategoryNameHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(SetCategoryName request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, Part(request.Category, request.NewName)), cancellationToken);

    public static EditPart Part(Guid category, string? newName) => new(BatchEventKinds.CategoryRenamed, async (db, batch, token) =>
    {
        string? chosen = null;
        if (!string.IsNullOrWhiteSpace(newName))
        {
            var name = BatchText.Name(newName, "Text.CategoryName");
            if (!name.IsDone)
                return name.Refusal;
            chosen = name.Value;
        }

        var held = await db.Set<BatchCategory>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batch.Id && x.Category == category, token);
        if (held?.NewName == chosen)
            return EditNote.Nothing;
        if (chosen is not null && await OtherAsync(db, batch, category, chosen, token) is { } other)
            return other;
        await db.Set<BatchCategory>().Where(x => x.BatchId == batch.Id && x.Category == category).ExecuteDeleteAsync(token);
        if (chosen is not null)
        {
            db.Add(new BatchCategory { BatchId = batch.Id, Category = category, NewName = chosen });
            await db.SaveChangesAsync(token);
        }

        return new EditNote(
            chosen is null ? new("Detail.CategoryNamedByRule", category) : new("Detail.CategoryNamed", category, chosen),
            new Dictionary<string, string?> { ["category"] = category.ToString("D"), ["before"] = held?.NewName, ["after"] = chosen });
    });

    private static async Task<Refusal?> OtherAsync(PortalDbContext db, Batch batch, Guid category, string chosen, CancellationToken cancellationToken)
    {
        var other = await BatchCategory.Chosen(db, batch.PoolPairId)
            .Where(x => x.BatchId != batch.Id && x.Category == category && x.NewName != chosen)
            .Join(db.Set<Batch>(), x => x.BatchId, x => x.Id, (named, holder) => new { named.NewName, holder.Name })
            .FirstOrDefaultAsync(cancellationToken);
        return other is null
            ? null
            : new Refusal("category-named-otherwise", RefusalKind.Conflict, other.Name, other.NewName);
    }
}
