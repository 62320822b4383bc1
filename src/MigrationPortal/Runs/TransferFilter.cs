using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs;

/// <summary>Which rooms of a run are listed.</summary>
/// <param name="Search">Part of a room's name; null is all.</param>
/// <param name="Group">Null is every group.</param>
/// <param name="Grade">Rooms whose verification gave that grade; null is all.</param>
/// <param name="Failure">Rooms that failed for that reason (the key of its sentence); null is all.</param>
internal sealed record TransferFilter(string? Search, RunGroup? Group, Grade? Grade, string? Failure = null)
{
    /// <summary>Rooms of which verification found that property different; null is all.</summary>
    public string? Difference { get; init; }
}
