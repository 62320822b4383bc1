namespace MigrationPortal.Reviews.Policy;

/// <summary>Names the texts of the page about review policies.</summary>
internal sealed class PolicyTexts;
