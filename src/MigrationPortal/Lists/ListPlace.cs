using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;

namespace MigrationPortal.Lists;

/// <summary>Which rows of a list within a page are shown, as it stands in that page's address: a link, and going back, show the same ones.</summary>
/// <param name="List">Tells the lists of one page apart; empty where there is one.</param>
public readonly record struct ListPlace(string List, int Skip, int Take)
{
    public static ListPlace Of(NavigationManager navigation, string list = "")
    {
        ArgumentNullException.ThrowIfNull(navigation);
        var query = new ListQuery(new Uri(navigation.Uri));
        var take = query.Number(Name(list, "take"));
        return new(list, (int)Math.Clamp(query.Number(Name(list, "skip")) ?? 0, 0, Paging.MaxSkip), take is { } rows && ListState.Takes.Contains((int)rows) ? (int)rows : ListState.UsualTake);
    }

    public Paging Paging => new(Skip, Take);

    /// <summary>Whether there is another page to go to.</summary>
    public bool HasPages(long total) => total > ListState.UsualTake || Skip > 0;

    /// <summary>The same place, or the last page where the list ends before it.</summary>
    public ListPlace Within(long total) => this with { Skip = Paging.Within(total).Skip };

    /// <summary>That page, or the last one where the list ends before it, and where it stands.</summary>
    public async Task<(Page<T> Page, ListPlace Place)> ReadAsync<T>(Func<Paging, Task<Page<T>>> read)
    {
        var (page, skip) = await Paging.ReadAsync(read, x => x.Total);
        return (page, this with { Skip = skip });
    }

    /// <summary>The page as it is with other rows of this list.</summary>
    public string UrlOf(NavigationManager navigation, int skip, int take)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        var uri = navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            [Name(List, "skip")] = skip == 0 ? null : skip.ToString(CultureInfo.InvariantCulture),
            [Name(List, "take")] = take == ListState.UsualTake ? null : take.ToString(CultureInfo.InvariantCulture),
        });
        return "/" + navigation.ToBaseRelativePath(uri);
    }

    private static string Name(string list, string what) => list.Length == 0 ? what : $"{list}-{what}";
}
