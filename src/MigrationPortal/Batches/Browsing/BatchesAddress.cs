using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches.Browsing;

/// <summary>What the list of batches shows, as it stands in the page's address.</summary>
public sealed record BatchesAddress
{
    public string? Pair { get; init; }
    /// <summary>None shows all.</summary>
    public IReadOnlyList<BatchState> States { get; init; } = [];
    public string? Search { get; init; }
    public BatchSort Sort { get; init; } = BatchSort.Newest;
    public bool Descending { get; init; }
    public int Skip { get; init; }
    public ListState List { get; init; } = new();
    public bool IsBoard { get; init; }
    /// <summary>The row that the keyboard stands on.</summary>
    public long? Batch { get; init; }

    private string? SortText => Sort == BatchSort.Newest && !Descending ? null : (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant();

    public bool IsFiltered => States.Count > 0 || Search is not null;

    public static BatchesAddress Of(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        string? Text(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
        var sort = Text("sort");
        return new()
        {
            Pair = Text("pair"),
            States = [.. Words.Split(Text("state")).Select(Words.Find<BatchState>).OfType<BatchState>().Distinct()],
            Search = Text("search"),
            Sort = Words.Find<BatchSort>(sort?.TrimStart('-')) ?? BatchSort.Newest,
            Descending = sort?.StartsWith('-') == true,
            Skip = int.TryParse(Text("skip"), CultureInfo.InvariantCulture, out var skip) ? Math.Max(0, skip) : 0,
            IsBoard = Text("view") == "board",
            List = ListState.Of(address),
            Batch = long.TryParse(Text("batch"), CultureInfo.InvariantCulture, out var batch) ? batch : null,
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

    public override string ToString()
    {
        var parts = new Dictionary<string, string?>
        {
            ["view"] = IsBoard ? "board" : null,
            ["state"] = States.Count == 0 ? null : string.Join(',', States),
            ["search"] = Search,
            ["sort"] = SortText,
            ["skip"] = Skip == 0 ? null : Skip.ToString(CultureInfo.InvariantCulture),
            ["batch"] = Batch?.ToString(CultureInfo.InvariantCulture),
        };
        return List.In(QueryHelpers.AddQueryString(Urls.Batches(Pair), parts.Where(part => !string.IsNullOrEmpty(part.Value))));
    }
}
