using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>The state of the rooms page as its address: a link shows a colleague the same view.</summary>
public sealed record RoomsAddress
{
    public string? Pair { get; init; }
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];
    public string? Search { get; init; }
    public string? Category { get; init; }
    public long? Batch { get; init; }
    public Place? Place { get; init; }
    public RoomSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Skip { get; init; }
    public ListState List { get; init; } = new();
    /// <summary>The room in the side pane.</summary>
    public long? Room { get; init; }

    public bool IsFiltered => Comparisons.Count > 0 || Search is not null || Category is not null || Batch is not null || Place is not null;

    public static RoomsAddress Of(Uri uri)
    {
        var query = QueryHelpers.ParseQuery(uri.Query);
        string? Text(string key) => query.TryGetValue(key, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        var sort = Text("sort");
        return new RoomsAddress
        {
            Pair = Text("pair"),
            Comparisons = RoomWordList.Parse<Comparison>(Text("comparison")),
            Search = Text("search"),
            Category = Text("category"),
            Batch = long.TryParse(Text("batch"), CultureInfo.InvariantCulture, out var batch) ? batch : null,
            Place = Words.Find<Place>(Text("place")),
            Sort = Words.Find<RoomSort>(sort?.TrimStart('-')) ?? RoomSort.Category,
            Descending = sort?.StartsWith('-') == true,
            Skip = int.TryParse(Text("skip"), CultureInfo.InvariantCulture, out var skip) ? Math.Max(0, skip) : 0,
            List = ListState.Of(uri),
            Room = long.TryParse(Text("room"), CultureInfo.InvariantCulture, out var room) ? room : null,
        };
    }

    public RoomFilter ToFilter(string poolPairId) => new()
    {
        PoolPairId = poolPairId,
        Comparisons = Comparisons,
        Search = Search,
        Categories = Category is null ? [] : [Category],
        BatchIds = Batch is { } id ? [id] : [],
        Place = Place,
        Sort = Sort,
        Descending = Descending,
    };

    /// <summary>The same rooms as a file.</summary>
    internal string FileUrl(string poolPairId) => Urls.WithQuery(
        $"{Urls.Api}/pool-pairs/{Uri.EscapeDataString(poolPairId)}/rooms/export",
        ("comparison", string.Join(',', Comparisons)), ("search", Search), ("category", Category), ("batchId", Batch?.ToString(CultureInfo.InvariantCulture)), ("place", Place?.ToString()), ("sort", SortText));

    private string? SortText => Sort == RoomSort.Category && !Descending ? null : (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant();

    public override string ToString()
    {
        var parts = new Dictionary<string, string?>
        {
            ["comparison"] = Comparisons.Count == 0 ? null : string.Join(',', Comparisons),
            ["search"] = Search,
            ["category"] = Category,
            ["batch"] = Batch?.ToString(CultureInfo.InvariantCulture),
            ["place"] = Place?.ToString(),
            ["sort"] = SortText,
            ["skip"] = Skip == 0 ? null : Skip.ToString(CultureInfo.InvariantCulture),
            ["room"] = Room?.ToString(CultureInfo.InvariantCulture),
        };
        return List.In(QueryHelpers.AddQueryString(Urls.Rooms(Pair), parts.Where(part => !string.IsNullOrEmpty(part.Value))));
    }
}

internal static class RoomWordList
{
    /// <summary>A comma list of names; unknown ones are left out.</summary>
    public static IReadOnlyList<T> Parse<T>(string? text)
        where T : struct, Enum =>
        [.. Words.Split(text).Select(Words.Find<T>).OfType<T>().Distinct()];
}
