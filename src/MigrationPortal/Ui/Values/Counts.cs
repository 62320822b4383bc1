namespace MigrationPortal.Ui.Values;

/// <summary>Names the resources of counted nouns ("3 rooms"), for sentences that count two things.</summary>
internal sealed class Counts;
