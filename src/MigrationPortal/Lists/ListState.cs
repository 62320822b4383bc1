using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace MigrationPortal.Lists;

/// <summary>What every list has in its address beside its own filters: how many rows a page has, which columns, and which saved view it was opened by.</summary>
public sealed record ListState
{
    public const int UsualTake = 50;

    /// <summary>The last is for printing: about 230 KB, and at most that many rows of a list are printed.</summary>
    public static readonly IReadOnlyList<int> Takes = [UsualTake, 100, 200, 1000];

    public int Take { get; init; } = UsualTake;

    public long? View { get; init; }

    /// <summary>A comma list of the columns that are shown besides those that always are; null shows the usual ones.</summary>
    public string? Columns { get; init; }

    public bool Shows(string column, IReadOnlyList<string> usual) => Columns is null ? usual.Contains(column) : Columns.Split(',').Contains(column);

    /// <summary>With or without that column.</summary>
    public ListState Toggle(string column, IReadOnlyList<string> all, IReadOnlyList<string> usual)
    {
        var shown = all.Where(x => Shows(x, usual) != (x == column)).ToList();
        return this with { Columns = shown.SequenceEqual(all.Where(usual.Contains)) ? null : string.Join(',', shown) };
    }

    public static ListState Of(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        return new()
        {
            Take = query.TryGetValue("take", out var takes) && int.TryParse(takes, CultureInfo.InvariantCulture, out var take) && Takes.Contains(take) ? take : UsualTake,
            Columns = query.TryGetValue("columns", out var columns) && columns.ToString() is { Length: <= 200 } text ? text : null,
            View = query.TryGetValue("saved", out var views) && long.TryParse(views, CultureInfo.InvariantCulture, out var view) ? view : null,
        };
    }

    /// <summary>With what is not as usual.</summary>
    public string In(string url)
    {
        if (Take != UsualTake)
            url = QueryHelpers.AddQueryString(url, "take", Take.ToString(CultureInfo.InvariantCulture));
        if (Columns is not null)
            url = QueryHelpers.AddQueryString(url, "columns", Columns);
        return View is { } view ? QueryHelpers.AddQueryString(url, "saved", view.ToString(CultureInfo.InvariantCulture)) : url;
    }
}
