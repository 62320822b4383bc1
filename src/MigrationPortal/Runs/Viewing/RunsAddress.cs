using MigrationPortal.Lists;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs.Viewing;

/// <summary>What the list of runs shows, as it stands in the page's address.</summary>
public sealed record RunsAddress : ListAddress
{
    protected override string Path => Urls.Runs(Pair);

    protected override IEnumerable<(string Name, string? Value)> Query => [];

    public static RunsAddress Of(Uri address)
    {
        var query = new ListQuery(address);
        return new() { Pair = query.Text("pair"), Skip = query.Skip, List = query.List };
    }
}
