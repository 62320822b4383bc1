using System.Globalization;
using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Audit;

/// <summary>What the audit log shows, as it stands in the page's address; a day is <c>yyyy-MM-dd</c>.</summary>
public sealed record AuditAddress : ListAddress
{
    public string? By { get; init; }
    public string? Action { get; init; }
    public string? Subject { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }

    public bool IsFiltered => Filters.Any(x => x.Value is not null);

    /// <summary>The same entries as a file.</summary>
    internal string FileUrl => Urls.WithQuery(Urls.AuditExport, [.. Filters]);

    /// <summary>What another filter leaves as it is: fields of the form beside its own.</summary>
    internal IEnumerable<(string Name, string Value)> Kept =>
        new[] { ("pair", Pair), ("take", List.Take == ListState.UsualTake ? null : List.Take.ToString(CultureInfo.InvariantCulture)), ("columns", List.Columns) }
            .Where(x => x.Item2 is not null).Select(x => (x.Item1, x.Item2!));

    protected override string Path => Urls.Audit(Pair);

    protected override IEnumerable<(string Name, string? Value)> Query => Filters;

    private IEnumerable<(string Name, string? Value)> Filters => [("by", By), ("action", Action), ("subject", Subject), ("from", From), ("to", To)];

    public static AuditAddress Of(Uri address)
    {
        var query = new ListQuery(address);
        string? Text(string name) => query.Text(name)?.Trim() is { Length: > 0 } text ? text : null;
        return new() { Pair = query.Text("pair"), By = Text("by"), Action = Text("action"), Subject = Text("subject"), From = Text("from"), To = Text("to"), Skip = query.Skip, List = query.List };
    }

    internal AuditFilter ToFilter() => new(By, Action, Subject, Day(From), Day(To));

    private static DateTimeOffset? Day(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}
