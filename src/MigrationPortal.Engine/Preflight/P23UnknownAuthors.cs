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
                yield return new Finding("P23", Severity.Warning, room.Room.Guid, room.Room.Name,
                    $"It has messages of {Counted.Of(unknown.Count, "author")} that the old pool does not know (principal {string.Join(", ", unknown.Take(5))}); a disabled person of that number stands in for each.");
            else if (unknown.Count > 0)
                yield return new Finding("P23", Severity.Blocker, room.Room.Guid, room.Room.Name,
                    $"It has messages of {Counted.Of(unknown.Count, "author")} that the old pool does not know (principal {string.Join(", ", unknown.Take(5))}): restore them there and scan again, or leave the room out.");
        }

        if (facts.Request.Legacy.StrayMessageCount > 0)
            yield return new Finding("P23", Severity.Warning, null, "Stray messages",
                $"{facts.Request.Legacy.StrayMessageCount} messages of the old pool belong to no room; they are never copied.");
    }
}
