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
              select new Finding("P17", Severity.Info, room.Room.Guid, room.Room.Name, messages.LastTicks < ticks
                  ? $"All {messages.Count} messages are older than {Day(day)} and stay behind; the room moves empty."
                  : $"Of its {messages.Count} messages those older than {Day(day)} stay behind.")
            : [];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
