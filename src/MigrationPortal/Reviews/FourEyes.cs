using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <summary>Nobody approves their own work. The same rule explains the disabled button.</summary>
internal static class FourEyes
{
    public static Refusal? Refuse(Batch batch, Caller caller, IReadOnlyDictionary<string, Exclusion> exclusions) =>
        exclusions.TryGetValue(caller.Name, out var why) ? new($"four-eyes.{why}", RefusalKind.NotAllowed, caller.DisplayName, batch.Name) : null;
}
