using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P09: members and managers must lie inside their category's scope; who does not would be refused (trap 15).</summary>
internal sealed class P09OutsideScope : IPreflightRule
{
    private const int MostEvidence = 200;

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var room in facts.Rooms)
        {
            var losing = room.Rights.Lost.Where(l => l.Code is "OutOfScope" or "ScopeUndecided" && l.Loses).ToList();
            if (losing.Count > 0)
                yield return Found(KeyOf(losing), Severity.Warning, room, [.. losing.Select(Described).Distinct()]);
            var standing = room.Rights.Lost.Where(l => l.Code == "OutOfStanding").Select(Described).Distinct().ToList();
            if (standing.Count > 0)
                yield return Found("P09.standing", Severity.Warning, room, standing);
            var inert = room.Rights.Lost.Where(l => l.Code == "OutOfScope" && !l.Loses).Select(Described).Distinct().ToList();
            if (inert.Count > 0)
                yield return Found("P09.inert", Severity.Info, room, inert);
            var admitted = room.Rights.Grants.Where(g => g.Code == "Admitted").Select(g => (DisplayNames.Of(g.Principal), $"{g.Type}")).Distinct().ToList();
            if (admitted.Count > 0)
                yield return Found("P09.admitted", Severity.Warning, room, admitted);
        }
    }

    // Each kind has an option of its own, which the other one's changes nothing about.
    private static string KeyOf(List<LostRight> losing) =>
        losing.TrueForAll(l => l.Code == "ScopeUndecided") ? "P09.undecided" : losing.Exists(l => l.Code == "ScopeUndecided") ? "P09.mixed" : "P09.dropped";

    private static (string Who, string Right) Described(LostRight lost) => (DisplayNames.Of(lost.Principal), $"{lost.Type}");

    private static Finding Found(string key, Severity severity, RoomFacts room, List<(string Who, string Right)> rights)
    {
        var who = rights.ConvertAll(x => new Wording("Right.Of", x.Who, new Wording($"Right.{x.Right}")));
        return new(key, severity, room.Room.Guid, room.Room.Name, who.Count, NameList.Of(who)) { Evidence = NameList.Evidence(who, MostEvidence) };
    }
}
