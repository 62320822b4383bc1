namespace MigrationPortal.Engine.Planning;

/// <param name="Category">The row of the new pool that the room comes under.</param>
public sealed record RoomPlan(PlannedRoom Room, PlannedCategory Category);

/// <summary>
/// What the plan makes of single rooms, without checks and fingerprint: what a new room is compared with. Nothing is kept of a room, so that
/// comparing a pool of 33 000 does not hold all their rights at once.
/// </summary>
/// <param name="request">Its <see cref="PlanRequest.Rooms"/> do not matter.</param>
public sealed class RoomPlans(PlanRequest request)
{
    private readonly PlanSetup _setup = new(request, byStanding: false);
    private readonly Dictionary<Guid, PlannedCategory> _categories = [];

    /// <returns>Null for a room that no plan can be made for, or that the options leave behind.</returns>
    public RoomPlan? Find(ChatNode room)
    {
        if (_setup.IsSkipped(room) || _setup.Rooms.Plan(room).Facts is not { } facts)
            return null;
        if (!_categories.TryGetValue(facts.Part.Guid, out var category))
            _categories[facts.Part.Guid] = category = _setup.Categories.Plan(facts.Part);
        return new RoomPlan(facts.Planned, category);
    }

    /// <returns>The room as <see cref="Find"/> plans it, and the options that decided about rights in it: with others, these rights are the same.</returns>
    public (PlannedRoom? Room, RightsOptions Asked) FindRights(ChatNode room)
    {
        var asked = (room.Disabled ? RightsOptions.DisabledRooms : RightsOptions.None)
            | (_setup.Tree.PathOf(room) is { Count: 2 } ? RightsOptions.RoomUnderRoot : RightsOptions.None);
        return _setup.IsSkipped(room) || _setup.Rooms.Plan(room).Facts is not { } facts ? (null, asked) : (facts.Planned, asked | facts.Rights.Asked);
    }
}
