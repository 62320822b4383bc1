using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P14: an add-in's name has 50 characters at most, its URL 255, http or https, and names are unique.</summary>
internal sealed class P14AddIns : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var addIns = new AddInPlanner(facts.Request);
        var names = facts.Request.Legacy.AddIns.ToDictionary(a => a.Id, a => a.Name);
        var isDropped = facts.Request.Options.InvalidAddIn == InvalidAddIn.Drop;
        foreach (var room in facts.Rooms)
        {
            if (room.Room.AddInId is not { } id || addIns.FindFault(id) is not { } fault)
                continue;
            var name = names.GetValueOrDefault(id) ?? id.ToString("D");
            yield return isDropped
                ? new Finding("P14.dropped", Severity.Warning, room.Room.Guid, room.Room.Name, name, fault)
                : new Finding("P14", Severity.Blocker, room.Room.Guid, room.Room.Name, name, fault);
        }
    }
}
