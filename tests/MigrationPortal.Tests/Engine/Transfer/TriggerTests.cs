using MigrationPortal.Engine.Undo;
using MigrationPortal.Tests.Engine.Delta;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>A new pool whose tables have triggers that write rows of their own: nothing is counted wrong for them.</summary>
public sealed class TriggerTests
{
    [Theory, OnPostgreSql, OnTranslated]
    public async Task RunDeltaAndUndo_TablesWithTriggers_AreAsWithoutThem(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        await using var plain = await ChatWorld.CreateAsync(server);
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        await world.NewDatabase.ExecuteAsync("""
            create table noted (what text);
            create function note() returns trigger language plpgsql as $$ begin
                insert into noted select tg_op from generate_series(1, 3);
                return null;
            end $$
            """);
        foreach (var table in new[] { "tblChat", "tblLastChatId", "tblNode", "tblPrincipal", "tblPrincipalRole", "tblScopePrincipal" })
            await world.NewDatabase.ExecuteAsync($"create trigger note after insert or update or delete on {table} for each row execute function note()");
        var (plan, journal, other) = (await world.PlanAsync(), new MemoryJournal(), new MemoryJournal());
        await WholeRun.RunAsync(world, plan, journal, DeltaRun.Small);
        await WholeRun.RunAsync(plain, plan, other, DeltaRun.Small);
        Assert.Equal(await ChatWorld.HashAsync(plain.NewDatabase), await ChatWorld.HashAsync(world.NewDatabase));

        foreach (var (each, its) in new[] { (world, journal), (plain, other) })
        {
            await each.LegacyDatabase.ExecuteAsync("""
                delete from tblPrincipalRole where prinRoleNodeID = 12 and prinRoleTypeID = 3;
                update tblNode set nodeDesc = 'All of it' where nodeID = 10;
                insert into tblChat values (11, 1, 635000000000000000, 3, false, 'late'), (10, 301, 636000000000000000, 3, false, 'later')
                """);
            await DeltaRun.ProveAsync(each, its);
        }
        Assert.Equal(await ChatWorld.HashAsync(plain.NewDatabase), await ChatWorld.HashAsync(world.NewDatabase));

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        await using (await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true))
            ChatWorld.Done(await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None));
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
        Assert.Equal("DELETE INSERT UPDATE", await world.NewDatabase.ScalarAsync<string>("select string_agg(distinct what, ' ' order by what) from noted"));
    }
}
