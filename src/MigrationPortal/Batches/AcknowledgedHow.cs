namespace MigrationPortal.Batches;

/// <summary>How carefully the warnings of a rule were looked at before somebody acknowledged them.</summary>
public enum AcknowledgedHow
{
    /// <summary>All at once with the submission, whatever their rule.</summary>
    Bulk,
    /// <summary>Some of them, chosen at random, were shown.</summary>
    Sample,
    /// <summary>Each of them was shown.</summary>
    List,
}
