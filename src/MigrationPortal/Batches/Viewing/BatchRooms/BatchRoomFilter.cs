using MigrationPortal.Api;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>Which rooms of a batch are listed.</summary>
internal sealed record BatchRoomFilter
{
    public const string TransferFacet = "state";
    public const string GradeFacet = "grade";

    public string? Search { get; init; }
    /// <summary>How far the room is in the latest run.</summary>
    public string? State { get; init; }
    /// <summary>What the room's verification gave.</summary>
    public string? Grade { get; init; }
    /// <summary>The worst finding of the room.</summary>
    public Severity? Worst { get; init; }
    /// <summary>Rooms without any finding.</summary>
    public bool IsClear { get; init; }
    /// <summary>Rooms with any finding.</summary>
    public bool HasFinding { get; init; }
    /// <summary>Rooms with a finding of that rule.</summary>
    public string? Rule { get; init; }

    /// <summary>Of an <see cref="IBatchRoomFacet"/>; null: whatever it is.</summary>
    public string? ValueOf(string facet) => facet switch { TransferFacet => State, GradeFacet => Grade, _ => null };

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
