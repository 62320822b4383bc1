using System.Net;
using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Runs;

/// <summary>What the world does to a run: the source changes before it, the new database goes away in it.</summary>
public sealed class RunOutageTests
{
    [Fact]
    public async Task Start_RoomDeletedSinceApproval_StartsNothingAndNamesTheRoom()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Hall);
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);
        await world.Chat.LegacyDatabase.ExecuteAsync($"""
            delete from tblPrincipalRole where prinRoleNodeID = 12;
            delete from tblChat where channelId = 12;
            delete from tblLastChatId where nodeID = 12;
            delete from tblNode where nodeGuid = '{ChatWorld.Hall}'
            """);

        var sentence = await op.RefusedAsync($"batches/{batch}/start", null, HttpStatusCode.Conflict, "plan-changed");

        Assert.Contains("Hall", sentence, StringComparison.Ordinal);
        Assert.Equal(BatchState.Draft, await world.BatchAsync(batch));
        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.runs"));
    }

    [Fact]
    public async Task Run_NewDatabaseGoesAwayAndReturns_WaitsWithTheReasonThenCompletes()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        var run = (await world.StartAsync(batch)).RunId;
        await Eventually.TrueAsync(async () => await world.Chat.NewDatabase.ScalarAsync<int>(Copied) > 0);

        await ClosedAsync(world);
        var waiting = await Eventually.IsAsync(() => world.RunAsync(run), x => x.Note is not null);
        Assert.Equal(RunState.Running, waiting.State);
        Assert.Equal("Wait.Retry", waiting.Note!.Key);
        // The first attempt meets a cut connection, the next ones a closed door: both are waited out.
        await Eventually.IsAsync(() => world.RunAsync(run), x => x.Note?.ToString().Contains("accepts no connections now", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("Exception", waiting.Note.ToString(), StringComparison.Ordinal);
        Assert.Contains("accepts no connections now", (await op.GetAsync($"runs/{run}")).GetProperty("note").GetString(), StringComparison.Ordinal);

        await op.PostAsync($"batches/{batch}/throttle");
        await using (var thrownOut = new NpgsqlConnection(world.Chat.NewDatabase.ConnectionString))
            NpgsqlConnection.ClearPool(thrownOut);
        await world.Portal.Database.ExecuteAsync($"alter database {world.Chat.NewDatabase.Name} allow_connections true");
        var end = await world.EndAsync(run);
        Assert.Equal((RunState.Completed, null, null), (end.State, end.Error, end.Note));
        Assert.Equal(300, await world.Chat.NewDatabase.ScalarAsync<int>(Copied));
    }

    private const string Copied = $"select count(*) from tblChat join tblNode on nodeID = channelId where nodeGuid = '{ChatWorld.General}'";

    // As a server that restarts: nobody gets in, and whoever was in is thrown out.
    private static Task ClosedAsync(RunWorld world) => world.Portal.Database.ExecuteAsync($"""
        alter database {world.Chat.NewDatabase.Name} allow_connections false;
        select pg_terminate_backend(pid) from pg_stat_activity where datname = '{world.Chat.NewDatabase.Name}'
        """);
}
