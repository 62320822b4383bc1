using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>Which rooms of a batch are listed.</summary>
internal sealed record BatchRoomFilter
{
    public string? Search { get; init; }
    /// <summary>The worst finding of the room.</summary>
    public Severity? Worst { get; init; }
    /// <summary>Rooms without any finding.</summary>
    public bool IsClear { get; init; }
    /// <summary>Rooms with any finding.</summary>
    public bool HasFinding { get; init; }
    /// <summary>Rooms with a finding of that rule.</summary>
    public string? Rule { get; init; }

    /// <param name="found">A severity, <c>none</c>, <c>any</c> or a rule.</param>
    public static BatchRoomFilter Of(string? search, string? found)
    {
        var worst = Words.Find<Severity>(found);
        return new()
        {
            Search = search,
            Worst = worst,
            IsClear = found == "none",
            HasFinding = found == "any",
            Rule = worst is null && found is not (null or "" or "none" or "any") ? found : null,
        };
    }
}
