using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Ui;

namespace MigrationPortal.Lists.Views;

/// <summary>What a view may be called, and what it may hold.</summary>
internal static class ViewText
{
    // Of the page, not of the view.
    private static readonly string[] NotKept = ["pair", "skip", "saved", "tab", "selected"];

    public static Outcome<string> Name(string? text)
    {
        var (name, what) = (text?.Trim() ?? "", new Wording("Text.ViewName"));
        if (name.Length is 0 or > SavedView.MostCharacters)
            return new Refusal("invalid-name.length", RefusalKind.Invalid, what, SavedView.MostCharacters, name.Length);
        if (name.Any(char.IsControl))
            return new Refusal("invalid-name.control", RefusalKind.Invalid, what);
        return !DisplayText.HasVisible(name) ? new Refusal("invalid-name.invisible", RefusalKind.Invalid, what)
            : DisplayText.Misleads(name) ? new Refusal("invalid-name.misleading", RefusalKind.Invalid, what)
            : UnusableText.IsIn(name) ? UnusableText.Refuse(what) with { Code = "invalid-name" } : name;
    }

    /// <param name="text">A query, or an address with one.</param>
    public static Outcome<string> Query(string? text)
    {
        var address = text ?? "";
        var query = address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..];
        if (!address.Contains('?', StringComparison.Ordinal) && address.StartsWith('/'))
            query = "";
        // Where a list has pages in several parts, each of them has a name before it.
        var places = QueryHelpers.ParseQuery(query).Keys.Where(x => x.EndsWith("-skip", StringComparison.OrdinalIgnoreCase));
        var written = Urls.Keeping("", query, [.. NotKept, .. places]).TrimStart('?');
        return written.Length > SavedView.MostOfQuery ? new Refusal("view-too-long", RefusalKind.Invalid, SavedView.MostOfQuery) : written;
    }

    public static Outcome<string> List(string? text) => text is { Length: > 0 and <= 30 } && text.All(x => char.IsAsciiLetterLower(x) || x == '-') ? text : new Refusal("view-list");
}
