using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>What an administrator does with blockers: takes out the rooms that they name.</summary>
internal static class PassingPlan
{
    /// <summary>Null where the pool as a whole is blocked. Without the blocked rooms, nothing is blocked any more.</summary>
    public static PlanResult? Make(ChatPool legacy, ChatPool current, ChatDatabase target)
    {
        var rooms = legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        var leftOut = new HashSet<Guid>();
        for (var attempt = 0; ; attempt++)
        {
            var result = Planner.Plan(new PlanRequest(legacy, current, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()) { LeftOut = leftOut, NewProvider = target.Provider });
            var blockers = result.Findings.Where(x => x.Severity == Severity.Blocker).ToList();
            Assert.All(blockers, x => Assert.EndsWith(".", x.Message, StringComparison.Ordinal));
            if (blockers.Count == 0) return result;
            if (blockers.Exists(x => x.Room is null)) return null;
            Assert.True(attempt == 0, $"Still blocked: {string.Join('\n', blockers.Select(x => $"{x.RuleId} {x.Subject} {x.Message}"))}");
            foreach (var blocker in blockers)
            {
                rooms.Remove(blocker.Room!.Value);
                leftOut.Add(blocker.Room!.Value);
            }
        }
    }
}
