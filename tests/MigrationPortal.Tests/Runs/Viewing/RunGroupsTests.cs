using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Ui;
using MigrationPortal.Ui;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Runs.Viewing;

/// <summary>What the rooms of a moving run send to a browser.</summary>
public sealed class RunGroupsTests(ITestOutputHelper output)
{
    private const int Rows = 50;
    // A whole row is three times as much. Each part of a name that differs takes four edits to reach.
    private const int BytesOfAnotherRoom = 480;
    private const int BytesOfHead = 400;

    private static readonly RunWindow _all = new(null, null, null, null, Rows, Rows, 0);

    [Fact]
    public async Task Groups_EveryWaitingRoomIsAnotherOne_SendsTextsAndNoRows()
    {
        await using var meter = Meter();
        await ShowAsync(meter, Waiting(0));

        Assert.InRange(await ShowAsync(meter, Waiting(Rows)), Rows, Rows * BytesOfAnotherRoom);
    }

    [Fact]
    public async Task Groups_FewWaitingRoomsLeave_SendsThoseAlone()
    {
        await using var meter = Meter();
        await ShowAsync(meter, Waiting(0));

        // The rows behind them move up; each says where to in 32 bytes.
        Assert.InRange(await ShowAsync(meter, Waiting(3)), 1, 4 * BytesOfAnotherRoom + (Rows * 32));
    }

    [Fact]
    public async Task Groups_NothingChanged_SendsNothingOfTheRows()
    {
        await using var meter = Meter();
        await ShowAsync(meter, Waiting(0));

        Assert.InRange(await ShowAsync(meter, Waiting(0)), 0, BytesOfHead);
    }

    [Fact]
    public void Reused_LinesThatLeaveAndEnter_TakeEachOthersRowsAndKeepTheirOrder()
    {
        var random = new Random(TestSeed.Draw(output));
        var rows = new ReusedRows();
        var before = new Dictionary<long, long>();
        for (var round = 0; round < 200; round++)
        {
            var lines = Enumerable.Range(0, 30).Where(_ => random.Next(3) == 0).Select(Line).OrderBy(_ => random.Next()).ToList();
            var taken = rows.Take(lines);

            Assert.Equal(lines, taken.Select(x => x.Line));
            Assert.Equal(lines.Count, taken.Select(x => x.Row).Distinct().Count());
            Assert.All(taken, x => Assert.Equal(before.GetValueOrDefault(x.Line.Id, x.Row), x.Row));
            Assert.All(taken, x => Assert.InRange(x.Row, 0, 29));
            before = taken.ToDictionary(x => x.Line.Id, x => x.Row);
        }
    }

    private static FrameMeter Meter() => new(new ServiceCollection().AddLogging().AddLocalization().AddSingleton(TimeProvider.System).AddUnreadDatabase().AddScoped<PageOutages>().BuildServiceProvider());

    private static RunRows Waiting(int from) => RunRows.Of(Enumerable.Range(from, 9_000 - from).Select(Line), _all);

    private static Task<long> ShowAsync(FrameMeter meter, RunRows rows) => meter.ShowAsync<RunGroups>(new(StringComparer.Ordinal)
    {
        [nameof(RunGroups.Rows)] = rows,
        [nameof(RunGroups.Moving)] = Array.Empty<(TransferLine, RoomPace)>(),
        [nameof(RunGroups.PoolPairId)] = "contoso",
    });

    private static TransferLine Line(int ordinal) => new(
        1_000 + ordinal, 2_000 + ordinal, ordinal, $"Commodity Desk - Room {ordinal}", TransferState.Pending, 0, 10_000 - ordinal, 0, 0, 0, 0, 0, null, null, null, null, 0, 0);
}
