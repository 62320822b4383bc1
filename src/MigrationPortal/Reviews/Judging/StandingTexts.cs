namespace MigrationPortal.Reviews.Judging;

/// <summary>Names the texts about how far a review is.</summary>
internal sealed class StandingTexts;
