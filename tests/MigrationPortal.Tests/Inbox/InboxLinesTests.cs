using MigrationPortal.Inbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

public sealed class InboxLinesTests
{
    [Fact]
    public async Task List_TwoApprovalsNeeded_CountsForWhoMayStillApprove()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));

        var anna = Assert.Single(await ListAsync(world, Anna));
        Assert.Equal(($"review:{id}", false), (anna.Key, anna.IsCounted));
        Assert.True(Assert.Single(await ListAsync(world, Marek)).IsCounted);
    }

    [Fact]
    public async Task List_OwnApprovalEndsWithinADay_IsDueThen()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { ExpiresAfterHours = 48 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Assert.Empty(await ListAsync(world, Anna));
        await world.AgeAsync(TimeSpan.FromHours(30));

        var line = Assert.Single(await ListAsync(world, Anna));
        Assert.Equal(($"approval:{id}", InboxClass.Today), (line.Key, line.Class));
        Assert.NotNull(line.Due);
        Assert.Empty(await ListAsync(world, Marek));
    }

    [Fact]
    public async Task List_SentBack_TellsItsAuthorWhy()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Iberia is too wide"), Anna, CancellationToken.None));
        var line = Assert.Single(await ListAsync(world, Petra));
        Assert.Equal(InboxClass.Decide, line.Class);
        Assert.Contains("Iberia is too wide", line.Reason, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<InboxLine>> ListAsync(BatchWorld world, Caller caller) =>
        world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None);
}
