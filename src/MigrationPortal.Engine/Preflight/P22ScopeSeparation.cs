using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// P22: people who were kept apart stay apart (trap 14). The planner gives each scope a category of its own, so that this never fires
/// for categories it makes; one that is reused may allow more people than the rooms that move into it.
/// </summary>
internal sealed class P22ScopeSeparation : IPreflightRule
{
    private const int MostEvidence = 200;

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var rooms in facts.Rooms.GroupBy(room => room.Part.Guid).Where(rooms => rooms.Select(room => room.Part.Scope.Hash).Distinct(StringComparer.Ordinal).Skip(1).Any()))
            foreach (var room in rooms)
                yield return new Finding("P22.shared", Severity.Blocker, room.Room.Guid, room.Room.Name);
        foreach (var wider in facts.RightChanges.Where(x => x is { Right: "Eligible", IsGain: true, Cause: "CategoryDrift" }).GroupBy(x => x.Subject, StringComparer.Ordinal))
            yield return new Finding("P22.wider", Severity.Warning, null, wider.Key, wider.Count(), NameList.Of(wider.Select(x => x.Person).ToList()))
            {
                Evidence = NameList.Evidence(wider.Select(x => x.Person).ToList(), MostEvidence),
            };
    }
}
