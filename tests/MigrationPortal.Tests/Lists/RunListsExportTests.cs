using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;

namespace MigrationPortal.Tests.Lists;

/// <summary>The lists that people decide about after a run, as files.</summary>
public sealed class RunListsExportTests
{
    [Fact]
    public async Task DeltaAndUndo_AsFiles_HaveWhatTheirPagesShow()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Chat.LegacyDatabase.ExecuteAsync($"update tblNode set nodeDesc = '=1+1' where nodeGuid = '{ChatWorld.Hall}'");
        using var operatorClient = world.Portal.ClientFor("operator");

        var delta = await ExportApiTests.CsvAsync(operatorClient, $"batches/{batch}/delta-changes/export");
        Assert.Equal(["Kind", "Item", "Change", "Before", "After"], delta[0]);
        var change = Assert.Single(delta.Skip(1));
        Assert.Equal(("Room", "Description", "'=1+1"), (change[0], change[2], change[4]));

        var rooms = await ExportApiTests.CsvAsync(operatorClient, $"batches/{batch}/undo-list/export?lang=de");
        Assert.Equal(5, rooms[0].Length);
        Assert.Single(rooms.Skip(1));
        Assert.NotEmpty((await ExportApiTests.CsvAsync(operatorClient, $"batches/{batch}/undo-list/export?kind=Kept"))[0]);
    }
}
