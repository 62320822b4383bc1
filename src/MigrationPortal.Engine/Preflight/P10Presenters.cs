using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P10: only auditoriums have presenters, and a presenter must be a member (trap 17).</summary>
internal sealed class P10Presenters : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var room in facts.Rooms)
        {
            var leftovers = Names(room, "PresenterInNormalRoom");
            if (leftovers.Count > 0)
                yield return new Finding("P10", Severity.Warning, room.Room.Guid, room.Room.Name,
                    $"{Counted.Of(leftovers.Count, "presenter")} left over from an auditorium will be dropped; in a normal room everybody may write.", string.Join("; ", leftovers));
            var strangers = Names(room, "PresenterNotMember");
            if (strangers.Count > 0)
                yield return new Finding("P10", Severity.Warning, room.Room.Guid, room.Room.Name,
                    $"{Counted.Of(strangers.Count, "presenter")} who are not members lose the right to write: {string.Join(", ", strangers.Take(5))}.", string.Join("; ", strangers));
        }
    }

    private static List<string> Names(RoomFacts room, string code) =>
        [.. room.Rights.Lost.Where(l => l.Code == code).Select(l => DisplayNames.Of(l.Principal)).Distinct()];
}
