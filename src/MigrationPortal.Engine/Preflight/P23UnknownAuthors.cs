using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P23: every message needs an author that the new pool can know (trap 28).</summary>
internal sealed class P23UnknownAuthors : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        foreach (var room in facts.Rooms)
        {
            var unknown = room.Planned.Authors
                .Where(id => facts.Containment.Find(id) is not { Type: not PrincipalType.FederatedGroup })
                .Order().ToList();
            if (unknown.Count > 0 && facts.Request.Options.AuthorWithoutPrincipal == AuthorWithoutPrincipal.Placeholder)
                yield return new Finding("P23.placeholder", Severity.Warning, room.Room.Guid, room.Room.Name, unknown.Count, unknown.Take(5).Select(id => $"{id}"));
            else if (unknown.Count > 0)
                yield return new Finding("P23.blocked", Severity.Blocker, room.Room.Guid, room.Room.Name, unknown.Count, unknown.Take(5).Select(id => $"{id}"));
        }

        if (facts.Request.Legacy.StrayMessageCount > 0)
            yield return new Finding("P23.stray", Severity.Warning, null, "stray-messages", facts.Request.Legacy.StrayMessageCount);
    }
}
