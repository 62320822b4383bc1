using Bunit;
using MigrationPortal.Lists;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Tests.Ui;

namespace MigrationPortal.Tests.Runs.Viewing;

public sealed class RunRowTests
{
    private static readonly RunView _run = new(1, 1, 1, "Wave 1", "contoso", RunState.Completed, "operator", DateTimeOffset.UnixEpoch, null, "", [], null, null, null, null, RunKind.Move, 1);

    [Theory]
    [InlineData(true, "Wave 1", "Run 1")]
    [InlineData(false, "Run 1", null)]
    public void Row_OnAPhone_BeginsWithTheBatchOrElseWithTheRun(bool hasBatch, string first, string? end)
    {
        using var context = PartsContext.Create();
        var row = context.Render<RunRow>(x => x
            .Add(p => p.Run, _run)
            .Add(p => p.Totals, RunTotals.None)
            .Add(p => p.HasBatch, hasBatch)
            .Add(p => p.Columns, ChosenColumns.Of(new ListState())));

        Assert.Equal(first, row.Find(".r-1").TextContent.Trim());
        Assert.Equal(end, row.FindAll(".r-1e").SingleOrDefault()?.TextContent.Trim());
    }
}
