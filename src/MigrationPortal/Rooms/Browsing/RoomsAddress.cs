using System.Globalization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Ui;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>The state of the rooms page as its address: a link shows a colleague the same view.</summary>
public sealed record RoomsAddress : ListAddress
{
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];
    public string? Category { get; init; }
    public long? Batch { get; init; }
    public Place? Place { get; init; }
    /// <summary>Rooms with which a step can, or cannot, be done.</summary>
    public RoomFitFilter? Fit { get; init; }
    /// <summary>Among the selected rooms; only the page that has selected them knows which.</summary>
    public bool OnlySelected { get; init; }
    public RoomSort Sort { get; init; }
    public bool Descending { get; init; }
    /// <summary>The room in the side pane.</summary>
    public long? Room { get; init; }

    public bool IsFiltered => Comparisons.Count > 0 || Search is not null || Category is not null || Batch is not null || Place is not null || Fit is not null || OnlySelected;

    protected override string Path => Urls.Rooms(Pair);

    protected override IEnumerable<(string Name, string? Value)> Query =>
    [
        ("comparison", string.Join(',', Comparisons)), ("search", Search), ("category", Category), ("batch", Batch?.ToString(CultureInfo.InvariantCulture)),
        ("place", Place?.ToString()), ("fit", Fit?.ToString()), ("selected", OnlySelected ? "only" : null), ("sort", SortText), ("room", Room?.ToString(CultureInfo.InvariantCulture)),
    ];

    public static RoomsAddress Of(Uri uri)
    {
        var query = new ListQuery(uri);
        var (sort, descending) = query.Sort<RoomSort>();
        return new()
        {
            Pair = query.Text("pair"),
            Comparisons = RoomWordList.Parse<Comparison>(query.Text("comparison")),
            Search = query.Text("search"),
            Category = query.Text("category"),
            Batch = query.Number("batch"),
            Place = Words.Find<Place>(query.Text("place")),
            Fit = RoomFitFilter.Find(query.Text("fit")),
            OnlySelected = query.Text("selected") == "only",
            Sort = sort ?? RoomSort.Category,
            Descending = descending,
            Skip = query.Skip,
            List = query.List,
            Room = query.Number("room"),
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
        Fit = Fit,
        Sort = Sort,
        Descending = Descending,
    };

    /// <summary>The same rooms as a file.</summary>
    internal string FileUrl(string poolPairId) => Urls.WithQuery(
        $"{Urls.Api}/pool-pairs/{Uri.EscapeDataString(poolPairId)}/rooms/export",
        ("comparison", string.Join(',', Comparisons)), ("search", Search), ("category", Category), ("batchId", Batch?.ToString(CultureInfo.InvariantCulture)), ("place", Place?.ToString()), ("fit", Fit?.ToString()), ("sort", SortText));

    private string? SortText => Sort == RoomSort.Category && !Descending ? null : SortName(Sort, Descending);
}

internal static class RoomWordList
{
    /// <summary>A comma list of names; unknown ones are left out.</summary>
    public static IReadOnlyList<T> Parse<T>(string? text)
        where T : struct, Enum =>
        [.. Words.Split(text).Select(Words.Find<T>).OfType<T>().Distinct()];
}
