using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Runs.Working;
using MigrationPortal.Tests.Batches;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Runs.Working;

public sealed class RunProgressTests
{
    [Fact]
    public async Task Flush_WhileItWaitsForItsTurn_LeavesNoSample()
    {
        await using var world = await StartAsync();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 20, 0, 0, TimeSpan.Zero));
        await using var progress = new RunProgress(7, [], world.Get<RunStore>(), world.Get<RunFeed>(), time) { WaitsForTurn = true };
        time.Advance(TimeSpan.FromMinutes(10));
        await progress.FlushAsync(CancellationToken.None);
        Assert.Equal(0, await CountAsync(world));

        progress.WaitsForTurn = false;
        await progress.FlushAsync(CancellationToken.None);

        Assert.Equal(1, await CountAsync(world));
    }

    private static Task<int> CountAsync(BatchWorld world) => world.Database.ScalarAsync<int>("select count(*) from portal.run_samples where run_id = 7");
}
