using System.Diagnostics;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Tests.Shared.Servers;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Transfer;

public sealed class DiskFullTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Copy_DiskFillsUp_SaysSoAndResumesOnceThereIsRoom()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await using var undisturbed = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        const string More = """
            insert into tblChat select 10, i, 635000000000000000 + i, 2 + i % 6, false, repeat(md5(i::text), 30) from generate_series(301, 6000) i;
            update tblLastChatId set lastChatID = 6000 where nodeID = 10;
            """;
        await world.LegacyDatabase.ExecuteAsync(More);
        await undisturbed.LegacyDatabase.ExecuteAsync(More);
        var mount = $"/tmp/{world.NewDatabase.Name}-small";
        var owner = await world.NewDatabase.ScalarAsync<string>("select pg_catalog.current_setting('data_directory')");
        if (await ShellAsync($"mkdir -p {mount} && mount -t tmpfs -o size=3m tmpfs {mount} && mkdir {mount}/space && chown --reference={owner} {mount} {mount}/space && chmod 700 {mount}/space") != 0)
        {
            output.WriteLine("Skipped: this machine lets nobody mount a small disk.");
            return;
        }
        try
        {
            var plan = await world.PlanAsync();
            await world.NewDatabase.ExecuteAsync($"create tablespace {world.NewDatabase.Name}_small location '{mount}/space'");
            await world.NewDatabase.ExecuteAsync($"alter table tblChat set tablespace {world.NewDatabase.Name}_small");
            var journal = new MemoryJournal();
            var transfer = new BatchTransfer(world.Legacy, world.New, journal, TimeProvider.System);
            await using (ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None)))
            {
                var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
                var full = await transfer.CopyRoomAsync(plan.Rooms[0], plan, ids, _ => { }, new CopyLimits { PageMessages = 500 }, CancellationToken.None);
                Assert.Equal(("disk-full", RefusalKind.Invalid), (full.Refusal?.Code, full.Refusal?.Kind));
                Assert.NotEmpty(journal.Pages);
            }
            Assert.Equal(0, await ShellAsync($"mount -o remount,size=64m {mount}"));
            await WholeRun.RunAsync(world, plan, journal);
            await WholeRun.RunAsync(undisturbed, plan, new MemoryJournal());
            Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(world.NewDatabase));
        }
        finally
        {
            await world.NewDatabase.ExecuteAsync("alter table tblChat set tablespace pg_default");
            await world.NewDatabase.ExecuteAsync($"drop tablespace if exists {world.NewDatabase.Name}_small");
            await ShellAsync($"umount -l {mount}; rmdir {mount}");
        }
    }

    private static async Task<int> ShellAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
