using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Planning;

/// <param name="Parts">Those that are planned.</param>
/// <param name="Left">Those that the new pool would not take.</param>
/// <param name="Names">Every name of the plan, with theirs.</param>
internal sealed record EmptyRows(IReadOnlyList<CategoryPart> Parts, IReadOnlyList<ChatNode> Left, ILookup<string, PlannedName> Names);

/// <summary>
/// Categories that hold no room of their own. They give no row unless people want the empty shelves, too; then every batch plans them.
/// No room depends on them, so that one whose row would be refused, and the whole batch with it, stays behind.
/// </summary>
internal static class EmptyCategoryRows
{
    public static EmptyRows Of(PlanRequest request, PlanSetup setup)
    {
        var names = PlannedNames.Of(request, setup).ToList();
        var (parts, left) = (new List<CategoryPart>(), new List<ChatNode>());
        if (request.Options.EmptyCategories == EmptyCategories.Create)
        {
            var known = names.Select(name => name.Guid).ToHashSet();
            var taken = new Dictionary<string, Guid>(StringComparer.Ordinal);
            foreach (var (key, guid) in request.New.Nodes.Select(node => (request.NameKey(node.Name), node.Guid)).Concat(names.Select(name => (name.Key, name.Guid))))
                taken.TryAdd(key, guid);
            var fit = new FitRows(request, setup);
            foreach (var part in List(request, setup).Where(part => !known.Contains(part.Guid)))
            {
                var name = PlannedNames.OfCategory(request, setup.Names, part);
                var row = setup.Categories.Plan(part);
                var isFit = row.Action == PlannedAction.Reuse || (fit.Takes(row) && taken.GetValueOrDefault(name.Key, part.Guid) == part.Guid);
                if (!isFit)
                {
                    left.Add(part.Category);
                    continue;
                }

                taken.TryAdd(name.Key, part.Guid);
                names.Add(name);
                parts.Add(part);
            }
        }

        return new(parts, left, names.ToLookup(name => name.Key, StringComparer.Ordinal));
    }

    private static IEnumerable<CategoryPart> List(PlanRequest request, PlanSetup setup)
    {
        var parents = request.Legacy.Nodes.Where(node => !node.IsCategory).Select(node => node.ParentId).OfType<int>().ToHashSet();
        return request.Legacy.Nodes
            .Where(node => node.IsCategory && node.NodeId != setup.Tree.Root?.NodeId && !parents.Contains(node.NodeId) && setup.Tree.PathOf(node) is not null)
            .OrderBy(node => node.NodeId)
            .Select(setup.Parts.Own)
            .OfType<CategoryPart>();
    }
}
