using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace MigrationPortal.Lists;

/// <summary>What every list has in its address beside its own filters: how many rows a page has, and which saved view it was opened by.</summary>
public sealed record ListState
{
    public const int UsualTake = 50;

    /// <summary>A page of 200 rows is about 46 KB.</summary>
    public static readonly IReadOnlyList<int> Takes = [UsualTake, 100, 200];

    public int Take { get; init; } = UsualTake;

    public long? View { get; init; }

    public static ListState Of(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        return new()
        {
            Take = query.TryGetValue("take", out var takes) && int.TryParse(takes, CultureInfo.InvariantCulture, out var take) && Takes.Contains(take) ? take : UsualTake,
            View = query.TryGetValue("saved", out var views) && long.TryParse(views, CultureInfo.InvariantCulture, out var view) ? view : null,
        };
    }

    /// <summary>With what is not as usual.</summary>
    public string In(string url)
    {
        if (Take != UsualTake)
            url = QueryHelpers.AddQueryString(url, "take", Take.ToString(CultureInfo.InvariantCulture));
        return View is { } view ? QueryHelpers.AddQueryString(url, "saved", view.ToString(CultureInfo.InvariantCulture)) : url;
    }
}
