using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;

namespace MigrationPortal.Lists;

/// <summary>What a list shows, as it stands in its page's address: a link shows a colleague the same rows. A list adds its own filters.</summary>
public abstract record ListAddress
{
    /// <summary>Null: the first pool pair.</summary>
    public string? Pair { get; init; }

    public string? Search { get; init; }

    public int Skip { get; init; }

    public ListState List { get; init; } = new();

    /// <summary>The page's address with the pool pair alone.</summary>
    protected abstract string Path { get; }

    /// <summary>What differs from the usual list; null and empty values are left out.</summary>
    protected abstract IEnumerable<(string Name, string? Value)> Query { get; }

    public sealed override string ToString() => List.In(Ui.Urls.WithQuery(Path, [.. Query, ("skip", Skip == 0 ? null : Skip.ToString(CultureInfo.InvariantCulture))]));

    /// <summary>As the address and the API write an order.</summary>
    protected static string SortName<T>(T sort, bool descending)
        where T : struct, Enum => (descending ? "-" : "") + sort.ToString().ToLowerInvariant();
}

/// <summary>The query of a list's address, read leniently: what cannot be read is as if it were not there.</summary>
internal sealed class ListQuery(Uri address)
{
    private readonly Dictionary<string, Microsoft.Extensions.Primitives.StringValues> _values = QueryHelpers.ParseQuery(address.Query);

    public ListState List => ListState.Of(address);

    public int Skip => QueryNumber.Skip(Text("skip"));

    public string? Text(string name) => _values.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    public long? Number(string name) => QueryNumber.Of(Text(name));

    public (T? Sort, bool Descending) Sort<T>()
        where T : struct, Enum => (Words.Find<T>(Text("sort")?.TrimStart('-')), Text("sort")?.StartsWith('-') == true);
}
