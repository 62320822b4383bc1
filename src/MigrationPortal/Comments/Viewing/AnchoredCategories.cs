using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Data;

namespace MigrationPortal.Comments.Viewing;

/// <summary>Which category of a batch's plan something is about, by whatever its key calls that: the one rule for names, places and counts.</summary>
internal sealed class AnchoredCategories
{
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private ILookup<string, string> _parts = Array.Empty<string>().ToLookup(x => x);
    private bool _isRead;

    /// <summary>Nothing is read where none of these is about a category, and nothing twice.</summary>
    public async Task ReadAsync(PortalDbContext db, long batchId, IEnumerable<Anchor> about, CancellationToken cancellationToken)
    {
        if (_isRead || !about.Any(IsCategory))
            return;
        var categories = await CategoryKeys.ReadAsync(PlanQueries.Newest(db, batchId), cancellationToken);
        _isRead = true;
        foreach (var category in categories)
        {
            _keys.Add(category.Name, category.Text);
            _names.TryAdd(category.Text, category.Name);
        }

        // Threads of an earlier portal name a category as the plan does; another one may be known by that now.
        foreach (var category in categories)
            _names.TryAdd(category.Name, category.Name);
        _parts = categories.Where(x => x.IsSplitOff).ToLookup(x => x.Path, x => x.Name, StringComparer.Ordinal);
    }

    /// <summary>What the plan calls the category that a line is about; null where it has none such, or several parts that it may be.</summary>
    public string? NameOf(Anchor about)
    {
        if (!IsCategory(about))
            return null;
        if (_names.TryGetValue(about.Subject, out var name))
            return name;
        // The guid of a part that was split off is another one once its scope or flags change.
        return CategoryKeys.PathOfPart(about.Subject) is { } path && _parts[path].Take(2).ToList() is [var only] ? only : null;
    }

    /// <summary><see cref="Anchor.Thing"/>, and of a category what comments on its line are about now.</summary>
    public string ThingOf(Anchor about) =>
        (NameOf(about) is { } name ? PlanValues.About(PlanItemKinds.Category, roomId: null, name, _keys) : null) ?? about.Thing.ToString();

    private static bool IsCategory(Anchor about) => about is { Kind: AnchorKind.PlanLine, Head: PlanItemKinds.Category };
}
