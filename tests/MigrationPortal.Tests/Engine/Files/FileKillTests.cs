using System.Diagnostics;
using System.Text.Json;
using MigrationPortal.Bench;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Files;

/// <summary>What only real processes, users and disks can show.</summary>
public sealed class FileKillTests(ITestOutputHelper output)
{
    private const int Kills = 8;
    private const int GroupFiles = 64;
    private const int Files = GroupFiles * (Kills + 1);
    private static readonly TimeSpan _maxBeforeKill = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task Kill_EightTimesInOneCopy_EndsByteForByteAsUndisturbed()
    {
        var random = new Random(TestSeed.Draw(output));
        await using var world = await StoreWorld.CreateAsync(EngineServer.OfProcesses);
        await using var journal = await TestDatabase.CreatePortalAsync();
        for (var i = 0; i < Files; i++)
        {
            var name = new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString("D") + ".bin";
            StoreWorld.Put(world.Legacy, i % 3 == 0 ? $"sub/{i % 5}/{name}" : name, new string((char)('a' + (i % 26)), random.Next(100_000)));
        }
        await world.Chat.LegacyDatabase.ExecuteAsync($"""
            insert into tblChat select 10, 1000 + i, 636000000000000000, 2, false, 'ma-filelink:' || lpad(to_hex(i), 8, '0') || '-0001-0002-0304-05060708090a.bin' from generate_series(0, {Files - 1}) i
            """);
        StoreWorld.Put(world.New, "other.txt", "not ours");
        var before = StoreWorld.Tree(world.New);
        var order = await OrderAsync(world, journal);

        var stages = new List<int>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = LedProcess.Lead("copy-files", order);
            Assert.Equal("file 0", await process.StepAsync());
            // Led through the groups that stand, into the one after them: among its copies, between seal and rename, before the confirmation.
            for (var group = 1; group <= kill; group++)
            {
                await process.GoOnAsync();
                Assert.Equal($"file {group * GroupFiles}", await process.StepAsync());
            }
            await process.GoOnAsync();
            await process.KillWithinAsync(_maxBeforeKill, random);
            stages.Add(Directory.EnumerateFiles(world.New, "*", SearchOption.AllDirectories).Count());
        }

        output.WriteLine($"files after each kill: {string.Join(' ', stages)}");
        await LedProcess.RunToEndAsync("copy-files", order);

        Assert.Equal(before + "\n" + StoreWorld.Tree(world.Legacy), Sorted(StoreWorld.Tree(world.New), before));
        Assert.Equal(0, await journal.ScalarAsync<int>("select count(*) from portal.ledger_files where confirmed_at is null or not is_ours"));
        Assert.Equal(Files + 3, await journal.ScalarAsync<int>("select count(*) from portal.ledger_files where sha256 is not null"));
        Assert.True(stages.Distinct().Count() >= Kills / 2, $"The kills met only {string.Join(' ', stages.Distinct())}.");
    }

    [Fact]
    public async Task Copy_DiskFillsUp_SaysSoLeavesNothingHalfAndResumesOnceThereIsRoom()
    {
        await using var world = await StoreWorld.CreateAsync();
        StoreWorld.Put(world.Legacy, StoreWorld.Third, new string('y', 3_000_000));
        if (await ShellAsync($"mount -t tmpfs -o size=2m tmpfs {world.New}") != 0)
        {
            output.WriteLine("Skipped: this machine lets nobody mount a small disk.");
            return;
        }
        try
        {
            var journal = new MemoryFileJournal();
            var full = (await world.CopyAsync(journal)).Refusal;
            Assert.Equal("file-store-full", full?.Code);
            Assert.Contains(world.New, full!.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(world.New, StoreWorld.Third)));

            Assert.Equal(0, await ShellAsync($"mount -o remount,size=64m {world.New}"));
            Assert.Equal(3, ChatWorld.Done(await world.CopyAsync(journal)).Files);
            Assert.Equal(StoreWorld.Tree(world.Legacy), StoreWorld.Tree(world.New));
        }
        finally
        {
            await ShellAsync($"umount -l {world.New}");
        }
    }

    [Fact]
    public async Task Open_ClosedToThePortalsUser_SaysSo()
    {
        using var directory = new TemporaryDirectory("closed");
        Directory.CreateDirectory(directory.Path);
        await ShellAsync($"chmod 000 {directory.Path}");
        string[] command = [.. PortalProcess.AsNobody, "dotnet", typeof(FileOrder).Assembly.Location, "open-store", directory.Path];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await ShellAsync($"chmod 700 {directory.Path}");

        Assert.StartsWith($"refused file-store-denied: The portal has no access to the file store {directory.Path}", said, StringComparison.Ordinal);
    }

    // The stranger's file may sort anywhere among the others.
    private static string Sorted(string tree, string first) => first + "\n" + string.Join('\n', tree.Split('\n').Where(x => x != first));

    private static async Task<string> OrderAsync(StoreWorld world, TestDatabase journal)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{world.Chat.NewDatabase.Name}.files.json");
        var order = new FileOrder(world.Chat.Legacy, journal.ConnectionString, 1, [await world.RoomAsync()], world.Legacy, world.New);
        await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(order));
        return path;
    }

    private static async Task<int> ShellAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
