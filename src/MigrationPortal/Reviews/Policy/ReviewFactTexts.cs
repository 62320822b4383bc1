namespace MigrationPortal.Reviews.Policy;

/// <summary>Names the texts of the facts that a rule can use, in its form and in sentences about it.</summary>
internal sealed class ReviewFactTexts;
