namespace MigrationPortal.Runs.Limiting;

/// <summary>What a <see cref="LimitsDialog"/> answers.</summary>
/// <param name="Draft">The place of what was typed: where it is refused, the next dialog has it again.</param>
internal sealed record WantedLimits(int? MessagesPerSecond, int RoomsAtATime, string Reason, string Draft);
