using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P09: members and managers must lie inside their category's scope; who does not would be refused (trap 15).</summary>
internal sealed class P09OutsideScope : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var room in facts.Rooms)
        {
            var losing = room.Rights.Lost.Where(l => l.Code is "OutOfScope" or "ScopeUndecided" && l.Loses).Select(Described).Distinct().ToList();
            if (losing.Count > 0)
                yield return Found(Severity.Warning, room, $"{Counted.Of(losing.Count, "right")} outside the room's scope will be dropped", losing);
            var inert = room.Rights.Lost.Where(l => l.Code == "OutOfScope" && !l.Loses).Select(Described).Distinct().ToList();
            if (inert.Count > 0)
                yield return Found(Severity.Info, room, $"{Counted.Of(inert.Count, "right")} outside the scope gave no access before and are not written", inert);
            if (losing.Count > 0 && facts.Request.Options.OutOfScope == OutOfScope.Admit)
                yield return new Finding("P09", Severity.Blocker, room.Room.Guid, room.Room.Name,
                    "Admitting people into the scope is not built yet: set OutOfScope to Drop, widen the scope in the old tool, or leave the room out.");
        }
    }

    private static string Described(LostRight lost) => $"{DisplayNames.Of(lost.Principal)} ({lost.Type.ToString().ToLowerInvariant()})";

    private static Finding Found(Severity severity, RoomFacts room, string what, List<string> who) => new(
        "P09", severity, room.Room.Guid, room.Room.Name,
        $"{what}: {string.Join(", ", who.Take(5))}{(who.Count > 5 ? $" and {who.Count - 5} more" : "")}.", string.Join("; ", who));
}
