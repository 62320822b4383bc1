using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// By what the categories of a plan are known whatever they are called there: the path in the legacy pool. Parts that were split off have the
/// path of the category they come from, so that the guid is added to it.
/// </summary>
internal static class CategoryKeys
{
    /// <param name="names">As the plan calls them.</param>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(PortalDbContext db, long planId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) => names.Count == 0
        ? new Dictionary<string, string>()
        : await ReadAsync(db.Set<PlanItem>().AsNoTracking().Where(x => x.PlanId == planId && names.Contains(x.Subject)), cancellationToken);

    /// <param name="lines">Of one plan.</param>
    /// <returns>By the name that the plan has for it.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(IQueryable<PlanItem> lines, CancellationToken cancellationToken)
    {
        var found = await lines.Where(x => x.Kind == PlanItemKinds.Category && (x.Property == null || x.Property == "Identity"))
            .Select(x => new { x.Subject, x.Property, x.Old, x.New }).ToListAsync(cancellationToken);
        var parts = found.Where(x => x.Property is not null).ToLookup(x => x.Subject, x => x.New, StringComparer.Ordinal);
        return found.Where(x => x.Property is null).GroupBy(x => x.Subject, x => x.Old ?? x.Subject, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => parts[x.Key].FirstOrDefault() is { } part ? $"{x.First()} {part}" : x.First(), StringComparer.Ordinal);
    }
}
