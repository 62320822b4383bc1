using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

public sealed class BatchViewTests
{
    [Fact]
    public async Task Find_ByTwoAtOnce_SharesTheBatchAndNotWhatTheyMayDo()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var views = world.Get<BatchViewQueries>();

        var both = await Task.WhenAll(((MigrationPortal.Access.Caller[])[Petra, Anna]).Select(x => views.FindAsync(id, x, computes: false, CancellationToken.None)));

        var (petras, annas) = (both[0]!, both[1]!);
        Assert.Same(petras.Batch, annas.Batch);
        Assert.Equal((Petra, Anna), (petras.Caller, annas.Caller));
        Assert.NotSame(petras.Parts, annas.Parts);
        Assert.Null(petras.EditDisabledReason);
        Assert.NotNull(annas.EditDisabledReason);
    }

    [Fact]
    public async Task Find_AfterAnEdit_ShowsIt()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var views = world.Get<BatchViewQueries>();
        for (var round = 0; round < 5; round++)
        {
            await views.FindAsync(id, Petra, computes: false, CancellationToken.None);
            Done(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(id, $"Wave one {round}"), Paul, CancellationToken.None));
            Assert.Equal($"Wave one {round}", (await views.FindAsync(id, Petra, computes: false, CancellationToken.None))!.Batch.Name);
        }
    }
}
