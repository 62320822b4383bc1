using System.Globalization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches.Browsing;

/// <summary>What the list of batches shows, as it stands in the page's address.</summary>
public sealed record BatchesAddress : ListAddress
{
    /// <summary>None shows all.</summary>
    public IReadOnlyList<BatchState> States { get; init; } = [];
    public BatchSort Sort { get; init; } = BatchSort.Newest;
    public bool Descending { get; init; }
    public bool IsBoard { get; init; }
    /// <summary>The row that the keyboard stands on.</summary>
    public long? Batch { get; init; }

    private string? SortText => Sort == BatchSort.Newest && !Descending ? null : SortName(Sort, Descending);

    public bool IsFiltered => States.Count > 0 || Search is not null;

    protected override string Path => Urls.Batches(Pair);

    protected override IEnumerable<(string Name, string? Value)> Query =>
        [("view", IsBoard ? "board" : null), ("state", string.Join(',', States)), ("search", Search), ("sort", SortText), ("batch", Batch?.ToString(CultureInfo.InvariantCulture))];

    public static BatchesAddress Of(Uri address)
    {
        var query = new ListQuery(address);
        var (sort, descending) = query.Sort<BatchSort>();
        return new()
        {
            Pair = query.Text("pair"),
            States = [.. Words.Split(query.Text("state")).Select(Words.Find<BatchState>).OfType<BatchState>().Distinct()],
            Search = query.Text("search"),
            Sort = sort ?? BatchSort.Newest,
            Descending = descending,
            Skip = query.Skip,
            IsBoard = query.Text("view") == "board",
            List = query.List,
            Batch = query.Number("batch"),
        };
    }

    internal BatchFilter ToFilter(string? poolPairId) => new(poolPairId, States.Count > 0 ? States : null, Search, Sort, Descending);

    /// <summary>The same batches as a file.</summary>
    internal string FileUrl(string? poolPairId) => Urls.WithQuery(
        $"{Urls.Api}/batches/export", ("poolPairId", poolPairId), ("state", string.Join(',', States)), ("search", Search), ("sort", SortText));

    /// <summary>The same list with or without that state.</summary>
    public BatchesAddress Toggle(BatchState state) =>
        this with { States = States.Contains(state) ? [.. States.Where(x => x != state)] : [.. States, state], Skip = 0, Batch = null };

    /// <summary>Up, down, back to the newest first.</summary>
    public BatchesAddress SortBy(BatchSort sort) => Sort == sort && Descending
        ? this with { Sort = BatchSort.Newest, Descending = false, Skip = 0 }
        : this with { Sort = sort, Descending = Sort == sort, Skip = 0 };
}
