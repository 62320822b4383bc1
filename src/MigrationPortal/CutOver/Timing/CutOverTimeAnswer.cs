namespace MigrationPortal.CutOver.Timing;

/// <summary>What somebody planned in the dialog; a start that is null removes the plan.</summary>
internal sealed record CutOverTimeAnswer(DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);
