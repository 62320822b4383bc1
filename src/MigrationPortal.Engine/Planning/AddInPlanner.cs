namespace MigrationPortal.Engine.Planning;

/// <summary>Add-ins that moved rooms use, by their id. One that is there is reused as it stands.</summary>
internal sealed class AddInPlanner
{
    private readonly Dictionary<Guid, ChatAddIn> _legacy;
    private readonly Dictionary<Guid, ChatAddIn> _new;

    public AddInPlanner(ChatPool legacy, ChatPool newPool)
    {
        _legacy = legacy.AddIns.ToDictionary(a => a.Id);
        _new = newPool.AddIns.ToDictionary(a => a.Id);
    }

    public (Guid? Id, Decision? Decision) Decide(ChatNode room) =>
        room.AddInId is not { } id
            ? (null, null)
            : (id, new("AddInKept", "AddIn", _legacy.GetValueOrDefault(id)?.Name ?? id.ToString("D"), Resulting(id)?.Name));

    public IReadOnlyList<PlannedAddIn> Plan(IEnumerable<PlannedRoom> rooms) =>
        [.. rooms.Select(r => r.AddInId).OfType<Guid>().Distinct().Order().Select(Row).OfType<PlannedAddIn>()];

    private ChatAddIn? Resulting(Guid id) => _new.GetValueOrDefault(id) ?? _legacy.GetValueOrDefault(id);

    private PlannedAddIn? Row(Guid id)
    {
        if (_new.GetValueOrDefault(id) is { } present)
        {
            var differs = _legacy.GetValueOrDefault(id) is { } legacy && legacy != present;
            return new(id, present.Name, present.Url, PlannedAction.Reuse, [new(differs ? "AddInDiffers" : "AddInReused", "AddIn", _legacy.GetValueOrDefault(id)?.Name, present.Name)]);
        }

        return _legacy.GetValueOrDefault(id) is { } missing
            ? new(id, missing.Name, missing.Url, PlannedAction.Create, [new("AddInCreated", "AddIn", missing.Name, missing.Name)])
            : null;
    }
}
