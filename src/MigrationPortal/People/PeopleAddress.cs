using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.People;

/// <summary>What the list of people shows, as it stands in the page's address.</summary>
public sealed record PeopleAddress : ListAddress
{
    /// <summary>Null shows all.</summary>
    public PersonMark? Mark { get; init; }
    /// <summary>Null shows people, groups and units alike.</summary>
    public PrincipalType? Kind { get; init; }
    public PersonSort Sort { get; init; } = PersonSort.Name;
    public bool Descending { get; init; }
    /// <summary>The row that the keyboard stands on.</summary>
    public Guid? Person { get; init; }

    public bool IsFiltered => Mark is not null || Kind is not null || Search is not null;

    /// <summary>As the address and the API write it; null for names, which need no saying.</summary>
    public string? SortText => (Sort, Descending) == (PersonSort.Name, false) ? null : SortName(Sort, Descending);

    protected override string Path => Urls.People(Pair);

    protected override IEnumerable<(string Name, string? Value)> Query =>
        [("mark", Mark?.ToString()), ("kind", Kind?.ToString()), ("search", Search), ("sort", SortText), ("person", Person?.ToString())];

    public static PeopleAddress Of(Uri address)
    {
        var query = new ListQuery(address);
        var (sort, descending) = query.Sort<PersonSort>();
        return new()
        {
            Pair = query.Text("pair"),
            Mark = Words.Find<PersonMark>(query.Text("mark")),
            Kind = Words.Find<PrincipalType>(query.Text("kind")),
            Search = query.Text("search"),
            Sort = sort ?? PersonSort.Name,
            Descending = descending,
            Skip = query.Skip,
            List = query.List,
            Person = Guid.TryParse(query.Text("person"), out var person) ? person : null,
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
}
