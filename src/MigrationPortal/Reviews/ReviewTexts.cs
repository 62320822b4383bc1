namespace MigrationPortal.Reviews;

/// <summary>Names the resources of submitting and deciding.</summary>
internal sealed class ReviewTexts;
