using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>Which rooms of a batch are shown, as it stands in the page's address.</summary>
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
    public int Skip { get; init; }
    public ListState List { get; init; } = new();
    /// <summary>The row that the keyboard stands on.</summary>
    public long? Room { get; init; }

    private string? Found => Worst?.ToString() ?? (IsClear ? "none" : HasFinding ? "any" : Rule);

    public bool IsFiltered => Search is not null || Worst is not null || IsClear || HasFinding || Rule is not null;

    public static BatchRoomFilter Of(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        string? Text(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
        return Of(Text("search"), Text("found")) with
        {
            Skip = int.TryParse(Text("skip"), CultureInfo.InvariantCulture, out var skip) ? Math.Max(0, skip) : 0,
            List = ListState.Of(address),
            Room = long.TryParse(Text("room"), CultureInfo.InvariantCulture, out var room) ? room : null,
        };
    }

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

    /// <summary>The same rooms as a file.</summary>
    public string FileUrl(long batchId) => Urls.WithQuery($"{Urls.Api}/batches/{batchId}/rooms/export", ("search", Search), ("found", Found));

    public string Url(long batchId, string pair)
    {
        var parts = new Dictionary<string, string?>
        {
            ["tab"] = "rooms",
            ["search"] = Search,
            ["found"] = Found,
            ["skip"] = Skip == 0 ? null : Skip.ToString(CultureInfo.InvariantCulture),
            ["room"] = Room?.ToString(CultureInfo.InvariantCulture),
        };
        return Urls.WithPair(List.In(QueryHelpers.AddQueryString($"/batches/{batchId}", parts.Where(x => !string.IsNullOrEmpty(x.Value)))), pair);
    }

    /// <summary>Only rooms whose worst finding is that; null: whatever they have.</summary>
    public BatchRoomFilter With(Severity? worst) => this with { Worst = worst, IsClear = false, HasFinding = false, Rule = null, Skip = 0, Room = null };
}
