using System.Globalization;

namespace MigrationPortal.Batches.Editing;

/// <summary>What is kept of an acknowledgement with each finding it covers.</summary>
internal sealed record FindingMark(string By, DateTimeOffset At, string? Reason, AcknowledgedHow How)
{
    public long? Seed { get; init; }

    public int RowsShown { get; init; }

    public Dictionary<string, string?> Values(string ruleId, int count) => new(StringComparer.Ordinal)
    {
        ["rule"] = ruleId,
        ["count"] = count.ToString(CultureInfo.InvariantCulture),
        ["how"] = How.ToString(),
        ["rowsShown"] = RowsShown.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed?.ToString(CultureInfo.InvariantCulture),
        ["reason"] = Reason,
    };
}
