namespace MigrationPortal.Engine.Planning;

/// <summary>Which people each planned room needs: whoever wrote, may do something, or made it or its new category.</summary>
internal sealed class RoomNeeds
{
    private readonly Dictionary<Guid, PlannedCategory> _categories;
    private readonly Dictionary<int, Guid> _authors = [];

    public RoomNeeds(MigrationPlan plan)
    {
        _categories = plan.Categories.Where(category => category.Action == PlannedAction.Create).ToDictionary(category => category.Guid);
        foreach (var person in plan.Principals)
            foreach (var id in person.LegacyIds)
                _authors[id] = person.Guid;
    }

    public IEnumerable<Guid> Of(PlannedRoom room)
    {
        IEnumerable<Guid?> people =
        [
            .. room.Members, .. room.Managers, .. room.Presenters, room.AddedBy, room.UpdatedBy,
            .. room.Authors.Select(id => _authors.TryGetValue(id, out var guid) ? guid : (Guid?)null),
            .. _categories.GetValueOrDefault(room.Category) is { } category ? [.. category.Scope, .. category.Creators, category.AddedBy, category.UpdatedBy] : Array.Empty<Guid?>(),
        ];
        return people.OfType<Guid>();
    }
}
