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
            var admitted = room.Rights.Grants.Where(g => g.Code == "Admitted").Select(g => $"{DisplayNames.Of(g.Principal)} ({g.Type.ToString().ToLowerInvariant()})").Distinct().ToList();
            if (admitted.Count > 0)
                yield return Found(Severity.Warning, room, $"{Counted.Of(admitted.Count, "right")} outside the scope will be kept, and their people taken into the category's scope, where any of its rooms may add them", admitted);
        }
    }

    private static string Described(LostRight lost) => $"{DisplayNames.Of(lost.Principal)} ({lost.Type.ToString().ToLowerInvariant()})";

    private static Finding Found(Severity severity, RoomFacts room, string what, List<string> who) => new(
        "P09", severity, room.Room.Guid, room.Room.Name,
        $"{what}: {string.Join(", ", who.Take(5))}{(who.Count > 5 ? $" and {who.Count - 5} more" : "")}.", string.Join("; ", who));
}
