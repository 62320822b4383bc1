using System.Globalization;
using MigrationPortal.Api;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Lists;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs.Viewing;

/// <summary>Which rooms of a run are shown, as it stands in the address of the run's page or of its batch's tab.</summary>
public sealed record RunRoomsAddress : ListAddress
{
    /// <summary>With the tab, and without what the list adds.</summary>
    public string Page { get; init; } = "";
    public RunGroup? Group { get; init; }
    public Grade? Grade { get; init; }
    /// <summary>Rooms that failed for that reason, as <see cref="RunRows.Failures"/> names it.</summary>
    public string? Failure { get; init; }
    /// <summary>Rooms of which that property differs.</summary>
    public string? Difference { get; init; }
    public RunSkips Skips { get; init; }

    protected override string Path => Urls.WithPair(Page, Pair);

    protected override IEnumerable<(string Name, string? Value)> Query => [("find", Search), ("group", Word(Group)), ("grade", Word(Grade)), ("failure", Failure), ("difference", Difference),
        .. Enum.GetValues<RunGroup>().Select(x => (SkipName(x), Number(Skips.Before(x))))];

    internal static RunRoomsAddress Of(Uri address)
    {
        var query = new ListQuery(address);
        return new()
        {
            Page = Urls.WithQuery(address.AbsolutePath, ("tab", query.Text("tab"))),
            Pair = query.Text("pair"),
            Search = query.Text("find")?.Trim() is { Length: > 0 } text ? text : null,
            Group = Words.Find<RunGroup>(query.Text("group")),
            Grade = Words.Find<Grade>(query.Text("grade")),
            Failure = query.Text("failure"),
            Difference = query.Text("difference"),
            Skips = new(SkipOf(RunGroup.Failed), SkipOf(RunGroup.Skipped), SkipOf(RunGroup.Waiting), SkipOf(RunGroup.Done)) { Undone = SkipOf(RunGroup.Undone) },
            List = query.List,
        };

        int SkipOf(RunGroup group) => QueryNumber.Skip(query.Text(SkipName(group)));
    }

    /// <summary>With another page of that group.</summary>
    internal string UrlOf(RunGroup group, int skip) => (this with { Skips = Skips.With(group, skip) }).ToString();

    /// <summary>With so many rows a page, each group from its first one on.</summary>
    internal string UrlOf(int take) => (this with { Skips = default, List = List with { Take = take } }).ToString();

    /// <summary>The same rooms as a file.</summary>
    internal string FileUrl(long runId) => Urls.WithQuery(Urls.RunFile(runId), ("search", Search), ("group", Word(Group)), ("grade", Word(Grade)), ("failure", Failure), ("difference", Difference));

    private static string SkipName(RunGroup group) => $"{Word<RunGroup>(group)}-skip";

    private static string? Number(int skip) => skip == 0 ? null : skip.ToString(CultureInfo.InvariantCulture);

    private static string? Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();
}
