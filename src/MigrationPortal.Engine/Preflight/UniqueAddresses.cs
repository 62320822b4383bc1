using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// No documentation says that a pool takes each address once, and some do (mapping §3, prinUri): a person who would come with an address
/// that is there already would refuse the rows of the whole batch.
/// </summary>
internal sealed class UniqueAddresses : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        if (!TargetLimits.KeepsAddressesUnique(facts.Request.New))
            yield break;
        var present = facts.Request.New.Principals.Select(person => facts.Request.NameKey(person.Uri)).ToHashSet(StringComparer.Ordinal);
        var kept = facts.Plan.Principals.Where(person => person.Action == PlannedAction.Create)
            .GroupBy(person => facts.Request.NameKey(person.Uri), StringComparer.Ordinal)
            .Where(same => present.Contains(same.Key) || same.Skip(1).Any())
            .SelectMany(same => same).ToDictionary(person => person.Guid);
        if (kept.Count == 0)
            yield break;
        var needs = new RoomNeeds(facts.Plan);
        foreach (var room in facts.Rooms)
            foreach (var person in needs.Of(room.Planned).Distinct().Where(kept.ContainsKey).Select(guid => kept[guid]))
                yield return new Finding("UriTaken.unique", Severity.Blocker, room.Room.Guid, room.Room.Name, person.DisplayName ?? person.Name ?? person.Uri, person.Uri);
    }
}
