namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Every name the whole inventory would take in the new pool, so that a collision is found whichever batches the two rooms are
/// in. Rooms that were left out do not count, nor do categories without a room to move: <see cref="EmptyCategoryRows"/> adds those.
/// </summary>
internal static class PlannedNames
{
    public static IEnumerable<PlannedName> Of(PlanRequest request, PlanSetup setup)
    {
        var (tree, parts, names) = (setup.Tree, setup.Parts, setup.Names);
        var seenParts = new HashSet<Guid>();
        foreach (var room in request.Legacy.Nodes.Where(node => !node.IsCategory && Counts(node, request)))
        {
            if (tree.PathOf(room) is not { } path || path.Count < (request.Options.RoomUnderRoot == RoomUnderRoot.PutInto ? 2 : 3) || parts.Of(room, path[^2]) is not { } part)
                continue;
            var category = part.Category;
            if (seenParts.Add(part.Guid))
                yield return OfCategory(request, names, part);
            yield return Row(request, room.Guid, names.OfRoom(room).Name, category, room);
        }
    }

    internal static PlannedName OfCategory(PlanRequest request, FinalNames names, CategoryPart part) =>
        Row(request, part.Guid, names.OfCategory(part.Category, part.Guid, part.Suffix).Name, part.Category, null);

    internal static bool Counts(ChatNode room, PlanRequest request) =>
        !request.LeftOut.Contains(room.Guid)
        && !(room.Disabled && request.Options.DisabledRooms == DisabledRooms.Skip);

    private static PlannedName Row(PlanRequest request, Guid guid, string name, ChatNode category, ChatNode? room) =>
        new(guid, name, request.NameKey(name), room is null, category, room);
}
