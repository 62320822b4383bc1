using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Planning;

/// <summary>By what a category of a plan is known whatever it is called there.</summary>
/// <param name="Name">As the plan calls it.</param>
/// <param name="Path">In the legacy pool.</param>
/// <param name="Part">Guid of its row, where that is not the legacy category's own.</param>
/// <param name="IsSplitOff">The guid follows the scope and flags of its rooms, and is another one when they change.</param>
internal sealed record CategoryKey(string Name, string Path, string? Part, bool IsSplitOff)
{
    public string Text => Part is null ? Path : $"{Path} {Part}";
}

/// <summary>
/// By what the categories of a plan are known whatever they are called there: the path in the legacy pool. Parts that were split off have the
/// path of the category they come from, so that the guid is added to it.
/// </summary>
internal static class CategoryKeys
{
    /// <param name="names">As the plan calls them.</param>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(PortalDbContext db, long planId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) => names.Count == 0
        ? new Dictionary<string, string>()
        : (await ReadAsync(db.Set<PlanItem>().AsNoTracking().Where(x => x.PlanId == planId && names.Contains(x.Subject)), cancellationToken))
            .ToDictionary(x => x.Name, x => x.Text, StringComparer.Ordinal);

    /// <param name="lines">Of one plan.</param>
    /// <returns>One for each name.</returns>
    public static async Task<IReadOnlyList<CategoryKey>> ReadAsync(IQueryable<PlanItem> lines, CancellationToken cancellationToken)
    {
        var found = await lines.Where(x => x.Kind == PlanItemKinds.Category && (x.Property == null || x.Property == "Identity"))
            .Select(x => new { x.Subject, x.Property, x.Old, x.New }).ToListAsync(cancellationToken);
        var parts = found.Where(x => x.Property is not null).ToLookup(x => x.Subject, StringComparer.Ordinal);
        return [.. found.Where(x => x.Property is null).GroupBy(x => x.Subject, x => x.Old ?? x.Subject, StringComparer.Ordinal)
            .Select(x => parts[x.Key].FirstOrDefault() is { New: { } part } row
                ? new CategoryKey(x.Key, x.First(), part, !IsOfRoot(row.Old, part))
                : new CategoryKey(x.Key, x.First(), Part: null, IsSplitOff: false))];
    }

    /// <summary>The path in the key of a part that was split off; null where it has no guid at its end.</summary>
    public static string? PathOfPart(string key) =>
        key.LastIndexOf(' ') is > 0 and var at && Guid.TryParseExact(key.AsSpan(at + 1), "D", out _) ? key[..at] : null;

    // The root's own part is the only one whose guid is not the category's and yet stays.
    private static bool IsOfRoot(string? category, string part) =>
        Guid.TryParse(category, out var guid) && PlannedCategory.OwnPartOfRoot(guid).ToString("D") == part;
}
