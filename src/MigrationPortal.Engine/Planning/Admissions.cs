namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Who is taken into a category's scope because one of its rooms gives them a right, with the option OutOfScope = Admit. Computed over
/// every room of the inventory that would share the category, so that the batch does not matter.
/// </summary>
internal sealed class Admissions(PlanRequest request, LegacyTree tree, CategoryParts parts, RoomRights rights)
{
    private readonly Lazy<ILookup<Guid, ChatPrincipal>> _admitted = new(() => Compute(request, tree, parts, rights));

    public IEnumerable<ChatPrincipal> Of(CategoryPart part) =>
        request.Options.OutOfScope == OutOfScope.Admit ? _admitted.Value[part.Guid].DistinctBy(p => p.Guid) : [];

    private static ILookup<Guid, ChatPrincipal> Compute(PlanRequest request, LegacyTree tree, CategoryParts parts, RoomRights rights)
    {
        var found = new List<(Guid Part, ChatPrincipal Principal)>();
        foreach (var room in request.Legacy.Nodes.Where(node => !node.IsCategory && PlannedNames.Counts(node, request)))
        {
            if (tree.PathOf(room) is not { Count: >= 2 } path || parts.Of(room, path[^2]) is not { } part || rights.OfRoom(room, part.Scope) is not { } list)
                continue;
            found.AddRange(list.Grants.Where(grant => grant.Code == "Admitted").Select(grant => (part.Guid, grant.Principal)));
        }

        return found.ToLookup(x => x.Part, x => x.Principal);
    }
}
