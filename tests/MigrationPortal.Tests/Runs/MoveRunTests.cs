using System.Net;
using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

/// <summary>What people do to a run while it copies, over the API; slow enough that it is always in the middle.</summary>
public sealed class MoveRunTests
{
    // Two and a half minutes of work, of which each test takes the first seconds.
    private static readonly (string Key, string Value) Slow = ("Runs:MessagesPerSecond", "2");

    [Fact]
    public async Task PauseThenResume_InTheMiddle_LosesNothingAndCopiesNothingTwice()
    {
        await using var world = await RunWorld.CreateAsync(null, Slow);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var (batch, run) = await StartedAsync(world, op);

        await op.PostAsync($"batches/{batch}/pause");
        Assert.Equal("Paused", (await op.GetAsync($"batches/{batch}")).GetProperty("state").GetString());
        var held = await RestingAsync(world, run);
        Assert.InRange(held, 1, 299);
        Assert.Equal("wrong-state", await op.TryPostAsync($"batches/{batch}/pause"));

        await op.PostAsync($"batches/{batch}/throttle", new { messagesPerSecond = (int?)null });
        await op.PostAsync($"batches/{batch}/resume");
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        Assert.Equal(300, await CopiedAsync(world));
        Assert.Equal(300, await world.Chat.NewDatabase.ScalarAsync<int>($"select count(distinct chatId) {Messages}"));
    }

    [Fact]
    public async Task Cancel_InTheMiddle_StopsKeepsWhatIsThereAndCanBeResumed()
    {
        await using var world = await RunWorld.CreateAsync(null, Slow);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var (batch, run) = await StartedAsync(world, op);

        await op.PostAsync($"batches/{batch}/cancel");
        Assert.Equal(RunState.Cancelled, (await world.EndAsync(run)).State);
        Assert.Equal(BatchState.Cancelled, await world.BatchAsync(batch));
        Assert.InRange(await CopiedAsync(world), 1, 299);
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.batch_rooms where is_open"));

        await op.PostAsync($"batches/{batch}/throttle", new { messagesPerSecond = 100_000 });
        await op.PostAsync($"batches/{batch}/resume");
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        Assert.Equal(300, await CopiedAsync(world));
    }

    [Fact]
    public async Task Cancel_WhilePaused_Ends()
    {
        await using var world = await RunWorld.CreateAsync(null, Slow);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var (batch, run) = await StartedAsync(world, op);
        await op.PostAsync($"batches/{batch}/pause");
        await op.PostAsync($"batches/{batch}/cancel");
        Assert.Equal(RunState.Cancelled, (await world.EndAsync(run)).State);
    }

    [Fact]
    public async Task Throttle_WhileItCopies_ActsAtOnceAndIsTold()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var (batch, run) = await StartedAsync(world, op);

        var sentence = await op.RefusedAsync($"batches/{batch}/throttle", new { messagesPerSecond = 0 }, HttpStatusCode.UnprocessableEntity, "throttle-invalid");
        Assert.Contains("0", sentence, StringComparison.Ordinal);
        await op.RefusedAsync($"batches/{batch}/throttle", new { messagesPerSecond = 1_000_001 }, HttpStatusCode.UnprocessableEntity, "throttle-invalid");
        await op.PostAsync($"batches/{batch}/throttle", new { messagesPerSecond = 100_000 });
        Assert.Equal(100_000, (await op.GetAsync($"runs/{run}")).GetProperty("messagesPerSecond").GetInt32());
        // At two a second the rest would take more than two minutes.
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        Assert.Contains((await op.GetAsync($"batches/{batch}/timeline")).GetProperty("items").EnumerateArray(), x => x.GetProperty("kind").GetString() == "RunThrottled");
    }

    [Fact]
    public async Task Start_ManyAtOnce_OneWinsTheOthersAreTold()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => op.TryPostAsync($"batches/{batch}/start")));

        Assert.Single(answers, x => x is null);
        Assert.Equal(5, answers.Count(x => x == "wrong-state"));
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.runs"));
        await world.EndAsync(await world.Portal.Database.ScalarAsync<long>("select id from portal.runs"));
    }

    [Fact]
    public async Task PauseResumeCancel_AtOnceByMany_BatchAndRunStayInStep()
    {
        await using var world = await RunWorld.CreateAsync(null, Slow);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var (batch, run) = await StartedAsync(world, op);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 8; round++)
        {
            var moves = Enumerable.Range(0, 4).Select(_ => random.Next(3) switch { 0 => "pause", 1 => "resume", _ => "cancel" }).ToList();
            var answers = await Task.WhenAll(moves.Select(x => op.TryPostAsync($"batches/{batch}/{x}")));
            Assert.All(answers, x => Assert.True(x is null or "wrong-state", $"seed {seed}: {x}"));
            await using var connection = await world.Portal.Database.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "select b.state = r.state from portal.batches b join portal.runs r on r.batch_id = b.id";
            Assert.True((bool)(await command.ExecuteScalarAsync())!, $"seed {seed}");
        }

        await Eventually.GetAsync(async () => { await op.TryPostAsync($"batches/{batch}/cancel"); return await world.RunAsync(run); }, x => x.State == RunState.Cancelled);
    }

    private const string Messages = $"from tblChat join tblNode on nodeID = channelId where nodeGuid = '{ChatWorld.General}'";

    private static async Task<(long Batch, long Run)> StartedAsync(RunWorld world, ApiTalk op)
    {
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        var run = long.Parse((await op.PostAsync($"batches/{batch}/start")).GetProperty("runId").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.IsAsync(() => CopiedAsync(world), x => x > 0);
        return (batch, run);
    }

    private static Task<int> CopiedAsync(RunWorld world) => world.Chat.NewDatabase.ScalarAsync<int>($"select count(*) {Messages}");

    /// <returns>The messages that were there when nobody worked on the run any more.</returns>
    private static async Task<int> RestingAsync(RunWorld world, long run)
    {
        await Eventually.TrueAsync(async () => (await world.TransfersAsync(run)).All(x => !x.State.IsActive()));
        return await CopiedAsync(world);
    }
}
