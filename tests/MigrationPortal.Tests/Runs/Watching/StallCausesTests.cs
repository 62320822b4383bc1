using MigrationPortal.Runs.Watching;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Runs.Watching;

/// <summary>Why a run stands still, as its databases tell it.</summary>
public sealed class StallCausesTests
{
    [Fact]
    public async Task Find_WhileAnotherSessionLocksTheMessages_NamesItTheTableAndItsProgram()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var backup = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(world.Chat.NewDatabase.ConnectionString) { ApplicationName = "Backup Exec" }.ConnectionString);
        await backup.OpenAsync();
        await using var transaction = await backup.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table tblChat in share mode", backup))
            await command.ExecuteNonQueryAsync();
        await world.StartAsync(await world.ApprovedBatchAsync(ChatWorld.General));

        // Each question is kept for ten seconds, so a new one asks again.
        var cause = await Eventually.IsAsync(() => new StallCauses(world.Portal.Get<MigrationPortal.PoolPairs.PoolPairCatalog>(), TimeProvider.System).FindAsync("contoso"), x => x?.Wait?.Blocker is not null);

        Assert.True(cause!.IsNew);
        Assert.Equal((backup.ProcessID, "Backup Exec", "tblchat"), (cause.Wait!.Blocker!.Session, cause.Wait.Blocker.Program, cause.Wait.Blocker.Table));
        await transaction.RollbackAsync();
    }

    [Fact]
    public async Task Find_WhileNeitherDatabaseWorks_SaysThatNothingIsGoingOnThere()
    {
        await using var world = await RunWorld.CreateAsync();
        var cause = await world.Portal.Get<StallCauses>().FindAsync("contoso");
        Assert.Null(cause!.Wait);
        Assert.Null(await world.Portal.Get<StallCauses>().FindAsync("nobody"));
    }
}
