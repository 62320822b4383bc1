using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.People;

/// <summary>What the list of people shows, as it stands in the page's address.</summary>
public sealed record PeopleAddress
{
    public string? Pair { get; init; }
    /// <summary>Null shows all.</summary>
    public PersonMark? Mark { get; init; }
    /// <summary>Null shows people, groups and units alike.</summary>
    public PrincipalType? Kind { get; init; }
    public string? Search { get; init; }
    public PersonSort Sort { get; init; } = PersonSort.Name;
    public bool Descending { get; init; }
    public int Skip { get; init; }
    public ListState List { get; init; } = new();
    /// <summary>The row that the keyboard stands on.</summary>
    public Guid? Person { get; init; }

    public bool IsFiltered => Mark is not null || Kind is not null || Search is not null;

    /// <summary>As the address and the API write it; null for names, which need no saying.</summary>
    public string? SortText => (Sort, Descending) == (PersonSort.Name, false) ? null : (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant();

    public static PeopleAddress Of(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        string? Text(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
        var sort = Text("sort");
        return new()
        {
            Pair = Text("pair"),
            Mark = Words.Find<PersonMark>(Text("mark")),
            Kind = Words.Find<PrincipalType>(Text("kind")),
            Search = Text("search"),
            Sort = Words.Find<PersonSort>(sort?.TrimStart('-')) ?? PersonSort.Name,
            Descending = sort?.StartsWith('-') == true,
            Skip = int.TryParse(Text("skip"), CultureInfo.InvariantCulture, out var skip) ? Math.Max(0, skip) : 0,
            List = ListState.Of(address),
            Person = Guid.TryParse(Text("person"), out var person) ? person : null,
        };
    }

    internal PeopleFilter ToFilter(string poolPairId) => new(poolPairId, Search, Mark, Kind, Sort, Descending);

    /// <summary>Numbers begin with the largest; a second click turns the order, a third goes back to names.</summary>
    public PeopleAddress SortBy(PersonSort sort)
    {
        var first = sort is PersonSort.Gains or PersonSort.Losses;
        if (Sort != sort)
            return this with { Sort = sort, Descending = first, Skip = 0 };
        return Descending == first ? this with { Descending = !first, Skip = 0 } : this with { Sort = PersonSort.Name, Descending = false, Skip = 0 };
    }

    public override string ToString()
    {
        var parts = new Dictionary<string, string?>
        {
            ["mark"] = Mark?.ToString(),
            ["kind"] = Kind?.ToString(),
            ["search"] = Search,
            ["sort"] = SortText,
            ["skip"] = Skip == 0 ? null : Skip.ToString(CultureInfo.InvariantCulture),
            ["person"] = Person?.ToString(),
        };
        return List.In(QueryHelpers.AddQueryString(Urls.People(Pair), parts.Where(part => !string.IsNullOrEmpty(part.Value))));
    }
}
