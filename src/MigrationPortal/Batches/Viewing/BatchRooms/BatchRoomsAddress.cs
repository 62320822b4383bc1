using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>Which rooms of a batch its tab shows, as it stands in the page's address.</summary>
public sealed record BatchRoomsAddress : ListAddress
{
    public const string Tab = "rooms";

    public long BatchId { get; init; }
    /// <summary>A severity, <c>none</c>, <c>any</c> or a rule; null is whatever was found.</summary>
    public string? Found { get; init; }
    /// <summary>A group of rooms of the latest run; null is every room.</summary>
    public string? State { get; init; }
    /// <summary>A grade of the latest run; null is every room.</summary>
    public string? Grade { get; init; }
    /// <summary>The row that the keyboard stands on.</summary>
    public long? Room { get; init; }

    public bool IsFiltered => Search is not null || Found is not null || State is not null || Grade is not null;

    internal BatchRoomFilter Filter => BatchRoomFilter.Of(Search, Found) with { State = State, Grade = Grade };

    protected override string Path => Urls.Batch(BatchId, Tab, Pair);

    protected override IEnumerable<(string Name, string? Value)> Query => [("search", Search), ("found", Found), (BatchRoomFilter.TransferFacet, State), (BatchRoomFilter.GradeFacet, Grade), ("room", Room?.ToString(CultureInfo.InvariantCulture))];

    internal static BatchRoomsAddress Of(Uri address, long batchId, string pair)
    {
        var query = new ListQuery(address);
        return new()
        {
            BatchId = batchId,
            Pair = pair,
            Search = query.Text("search"),
            Found = query.Text("found"),
            State = query.Text(BatchRoomFilter.TransferFacet),
            Grade = query.Text(BatchRoomFilter.GradeFacet),
            Skip = query.Skip,
            List = query.List,
            Room = query.Number("room"),
        };
    }

    /// <summary>The same rooms as a file.</summary>
    internal string FileUrl => Urls.WithQuery($"{Urls.Api}/batches/{BatchId.ToString(CultureInfo.InvariantCulture)}/rooms/export", ("search", Search), ("found", Found), (BatchRoomFilter.TransferFacet, State), (BatchRoomFilter.GradeFacet, Grade));

    /// <summary>All rooms, in the same columns.</summary>
    internal BatchRoomsAddress Unfiltered => new() { BatchId = BatchId, Pair = Pair, List = List };

    /// <summary>Only rooms of which that was found; null: whatever they have.</summary>
    internal BatchRoomsAddress With(string? found) => this with { Found = found, Skip = 0, Room = null };

    /// <summary>With or without that value of a facet.</summary>
    internal BatchRoomsAddress Toggle(RoomFacetValue value)
    {
        var chosen = IsChosen(value) ? null : value.Value;
        var other = this with { Skip = 0, Room = null };
        return value.Facet == BatchRoomFilter.GradeFacet ? other with { Grade = chosen } : other with { State = chosen };
    }

    internal bool IsChosen(RoomFacetValue value) => string.Equals(Filter.ValueOf(value.Facet), value.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>With or without that severity as the worst finding.</summary>
    internal BatchRoomsAddress Toggle(Severity worst) => With(Filter.Worst == worst ? null : worst.ToString());
}
