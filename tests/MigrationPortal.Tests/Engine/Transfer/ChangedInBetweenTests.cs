using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Tests.Engine.Delta;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Npgsql;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>Somebody changes a row after it was read and before it is written: the statement finds another row, that room stops, and nothing is lost.</summary>
public sealed class ChangedInBetweenTests
{
    [Theory, OnPostgreSql, OnTranslated, OnMirrored]
    public async Task Delta_SettingChangedInBetween_StopsThatRoomAndWritesTheOthers(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        await world.LegacyDatabase.ExecuteAsync("update tblNode set nodeDesc = 'All of it' where nodeID in (10, 13); insert into tblChat values (10, 301, 636000000000000000, 3, false, 'later')");
        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;

        // Their case alone: no collation may take that for the same.
        var (_, rooms) = await WhileAsync(
            world.NewDatabase, "update tblNode set nodeDesc = upper(nodeDesc) where nodeName = 'General'", () => DeltaRun.RunAsync(world.Legacy, world.New, plan, journal));

        var refusal = rooms[Guid.Parse(ChatWorld.General)].Refusal;
        Assert.Equal("room-used-since", refusal?.Code);
        Assert.Contains("General", refusal!.Message, StringComparison.Ordinal);
        Assert.All(rooms.Where(x => x.Key != Guid.Parse(ChatWorld.General)), x => ChatWorld.Done(x.Value));
        Assert.Equal("ABOUT GENERAL", await world.NewDatabase.ScalarAsync<string>("select nodeDesc from tblNode where nodeName = 'General'"));
        Assert.Equal("All of it", await world.NewDatabase.ScalarAsync<string>("select nodeDesc from tblNode where nodeName = 'Secret'"));
        Assert.Equal(300, await world.NewDatabase.ScalarAsync<int>("select count(*) from tblChat where channelId = (select nodeID from tblNode where nodeName = 'General')"));
    }

    [Theory, OnPostgreSql, OnTranslated, OnMirrored]
    public async Task Delta_RightChangedInBetween_IsNotTakenAway(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        await world.LegacyDatabase.ExecuteAsync("delete from tblPrincipalRole where prinRoleNodeID = 12 and prinRoleTypeID = 3");
        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        const string right = "where prinRoleTypeID = 2 and prinRoleNodeID = (select nodeID from tblNode where nodeName = 'Hall')";

        var (_, rooms) = await WhileAsync(
            world.NewDatabase, $"update tblPrincipalRole set prinRoleUpdatedBy = 41 {right}", () => DeltaRun.RunAsync(world.Legacy, world.New, plan, journal));

        Assert.Equal("room-used-since", rooms[Guid.Parse(ChatWorld.Hall)].Refusal?.Code);
        Assert.Equal(1, await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblPrincipalRole {right} and prinRoleUpdatedBy = 41"));
    }

    [Theory, OnPostgreSql, OnTranslated, OnMirrored]
    public async Task Undo_MessageChangedInBetween_StaysWithItsPage(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        const string messages = "tblChat where channelId = (select nodeID from tblNode where nodeName = 'General') and chatId between 141 and 160";

        var refusal = await WhileAsync(
            world.NewDatabase, "update tblChat set content = content || '!' where chatId = 150 and channelId = (select nodeID from tblNode where nodeName = 'General')", () => RemoveAsync(world, journal));

        Assert.Equal("room-used-since", refusal?.Code);
        Assert.Contains("General", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(20, await world.NewDatabase.ScalarAsync<int>($"select count(*) from {messages}"));
        Assert.Equal(1, await world.NewDatabase.ScalarAsync<int>($"select count(*) from {messages} and content like '%!'"));
    }

    [Theory, OnPostgreSql, OnTranslated, OnMirrored]
    public async Task Undo_RoomChangedInBetween_IsNamedAndNoRowGoes(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        const string rows = "select (select count(*) from tblNode) * 1000 + (select count(*) from tblPrincipalRole) * 100 + (select count(*) from tblPrincipal)";
        var before = await world.NewDatabase.ScalarAsync<long>(rows);

        var refusal = await WhileAsync(world.NewDatabase, "update tblNode set nodeDesc = upper(nodeDesc) where nodeName = 'Hall'", () => RemoveAsync(world, journal));

        Assert.Equal("room-used-since", refusal?.Code);
        Assert.Contains("Hall", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(before, await world.NewDatabase.ScalarAsync<long>(rows));
    }

    private static async Task<MigrationPortal.Engine.Refusal?> RemoveAsync(ChatWorld world, MemoryJournal journal)
    {
        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        await using var held = await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true);
        return (await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None)).Refusal;
    }

    /// <summary>Writes while somebody else's change is not committed; commits it once the engine waits for it.</summary>
    private static async Task<T> WhileAsync<T>(TestDatabase database, string change, Func<Task<T>> write)
    {
        await using var other = await database.OpenAtEngineAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(change, other)) Assert.Equal(1, await command.ExecuteNonQueryAsync());
        var writing = write();
        await Eventually.TrueAsync(async () =>
        {
            await using var waiting = new NpgsqlCommand("select exists (select from pg_locks l where not l.granted and pg_backend_pid() = any(pg_blocking_pids(l.pid)))", other);
            return writing.IsCompleted || (bool)(await waiting.ExecuteScalarAsync())!;
        });
        Assert.False(writing.IsCompleted, "Nothing waited for the row.");
        await transaction.CommitAsync();
        return await writing;
    }
}
