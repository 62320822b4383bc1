namespace MigrationPortal.Verification;

/// <summary>What the plan itself changed, summed over the rooms of a batch.</summary>
/// <param name="Code">The planner's reason code, or what is wrong with a legacy file.</param>
internal sealed record ExpectedDifference(string Code, string Property, long Count, long Rooms);
