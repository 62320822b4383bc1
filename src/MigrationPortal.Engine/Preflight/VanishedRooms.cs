using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>A room of the batch that the legacy pool does not have any more: without a word the batch would be done without it.</summary>
internal sealed class VanishedRooms : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Vanished.Select(room => new Finding("RoomVanished", Severity.Blocker, room, facts.Request.KnownNames.GetValueOrDefault(room, room.ToString("D"))));
}
