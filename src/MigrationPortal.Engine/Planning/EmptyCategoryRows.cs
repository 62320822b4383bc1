namespace MigrationPortal.Engine.Planning;

/// <summary>Categories that hold no room of their own. They give no row unless people want the empty shelves, too; then every batch plans them.</summary>
internal static class EmptyCategoryRows
{
    public static IEnumerable<CategoryPart> Of(PlanRequest request, LegacyTree tree, CategoryParts parts)
    {
        if (request.Options.EmptyCategories == EmptyCategories.Leave)
            return [];
        var parents = request.Legacy.Nodes.Where(node => !node.IsCategory).Select(node => node.ParentId).OfType<int>().ToHashSet();
        return request.Legacy.Nodes
            .Where(node => node.IsCategory && node.NodeId != tree.Root?.NodeId && !parents.Contains(node.NodeId) && tree.PathOf(node) is not null)
            .Select(parts.Own)
            .OfType<CategoryPart>();
    }
}
