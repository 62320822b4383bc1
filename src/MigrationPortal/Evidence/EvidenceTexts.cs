namespace MigrationPortal.Evidence;

/// <summary>Names the texts of evidence packages.</summary>
public sealed class EvidenceTexts;
