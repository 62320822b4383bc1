using MigrationPortal.Runs;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Windows.Scheduling;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Windows;

/// <summary>How long a run will take is judged by how long the last ones worked.</summary>
public sealed class RunEstimateTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 20, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RunKind.Move)]
    [InlineData(RunKind.Delta)]
    public async Task Find_RunThatWaitedForItsTurnAndWasPaused_IsJudgedByWhatItWorked(RunKind kind)
    {
        await using var world = await StartAsync();
        // Ten minutes behind another run, twenty seconds of work, a night outside the window, and as much work again.
        await RanAsync(world, kind, 50_021, 600, 605, 610, 615, 620, 50_000, 50_005, 50_010, 50_015, 50_020);

        var estimate = await FindAsync(world, kind);

        Assert.Equal((410d, 410d, 1), (Math.Round(estimate.Shortest.TotalSeconds, 3), Math.Round(estimate.Longest.TotalSeconds, 3), estimate.Runs));
    }

    [Fact]
    public async Task Find_RunWithoutSamples_IsJudgedFromItsStartToItsEnd()
    {
        await using var world = await StartAsync();
        await RanAsync(world, RunKind.Move, 60);

        Assert.Equal(600, (await FindAsync(world, RunKind.Move)).Longest.TotalSeconds, 3);
    }

    private static async Task<RunEstimate> FindAsync(BatchWorld world, RunKind kind)
    {
        await using var db = world.Database.OpenPortal();
        var found = kind == RunKind.Move
            ? await RunEstimate.FindAsync(db, Pair, 12_000, CancellationToken.None)
            : await RunEstimate.FindOfDeltasAsync(db, Pair, 12_000, CancellationToken.None);
        return found!;
    }

    // Of 1200 messages; all times are seconds after its start.
    private static async Task RanAsync(BatchWorld world, RunKind kind, int end, params int[] samples)
    {
        var (batch, room) = (await world.SubmittedAsync("Wave 1", "Desk"), await world.RoomAsync("Desk"));
        await using var db = world.Database.OpenPortal();
        var run = new Run
        {
            BatchId = batch, PlanId = 0, Kind = kind, State = RunState.Completed, StartedBy = "olga", StartedAt = Start, FinishedAt = Start.AddSeconds(end),
        };
        db.Add(run);
        await db.SaveChangesAsync();
        db.Add(new RoomTransfer
        {
            RunId = run.Id, RoomId = room, Guid = Guid.NewGuid(), Ordinal = 0, RoomName = "Desk", TotalMessageCount = 1200, CopiedMessageCount = 1200, VerifiedMessageCount = 1200,
            State = TransferState.Done,
        });
        db.AddRange(samples.Select(x => new RunSample { RunId = run.Id, At = Start.AddSeconds(x), CopiedMessageCount = 0, VerifiedMessageCount = 0 }));
        await db.SaveChangesAsync();
    }
}
