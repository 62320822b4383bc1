using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P17: with a cut-off, older messages stay behind; their dates decide, not their numbers (trap 41).</summary>
internal sealed class P17CutOff : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Request.Options is { CutOff: { } day, CutOffTicks: { } ticks }
            ? from room in facts.Rooms
              let messages = room.Planned.Messages
              where messages.FirstTicks < ticks
              select new Finding(messages.LastTicks < ticks ? "P17.all" : "P17.some", Severity.Info, room.Room.Guid, room.Room.Name, messages.Count, day)
            : [];
}
