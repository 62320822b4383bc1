using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P10: only auditoriums have presenters, and a presenter must be a member (trap 17).</summary>
internal sealed class P10Presenters : IPreflightRule
{
    private const int MostEvidence = 200;

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var room in facts.Rooms)
        {
            var leftovers = Names(room, "PresenterInNormalRoom");
            if (leftovers.Count > 0)
                yield return new Finding("P10.leftover", Severity.Warning, room.Room.Guid, room.Room.Name, leftovers.Count) { Evidence = NameList.Evidence(leftovers, MostEvidence) };
            var strangers = Names(room, "PresenterNotMember");
            if (strangers.Count > 0)
                yield return new Finding("P10.not-member", Severity.Warning, room.Room.Guid, room.Room.Name, strangers.Count, NameList.Of(strangers)) { Evidence = NameList.Evidence(strangers, MostEvidence) };
        }
    }

    private static List<string> Names(RoomFacts room, string code) =>
        [.. room.Rights.Lost.Where(l => l.Code == code).Select(l => DisplayNames.Of(l.Principal)).Distinct()];
}
