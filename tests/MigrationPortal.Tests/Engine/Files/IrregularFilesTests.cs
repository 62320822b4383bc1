using System.Diagnostics;
using System.Net.Sockets;
using MigrationPortal.Engine.Files;

namespace MigrationPortal.Tests.Engine.Files;

/// <summary>Whatever has a file's name without being one, and files whose reading does not end.</summary>
public sealed class IrregularFilesTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("pipe.xlsx")]
    [InlineData("PIPE.xlsx")]
    [InlineData("link-to-pipe.xlsx")]
    [InlineData("socket.xlsx")]
    [InlineData("device.xlsx")]
    public async Task Copy_PipeSocketOrDevice_IsNotOpenedAndNamed(string name)
    {
        await using var world = await StoreWorld.CreateAsync($"ma-filelink:{name}", $"ma-filelink:{StoreWorld.First}");
        using var socket = await PutIrregularFilesAsync(world.Legacy);

        var copied = ChatWorld.Done(await world.CopyAsync(new MemoryFileJournal()).WaitAsync(_patience));
        var proof = ChatWorld.Done(await ProveAsync(world).WaitAsync(_patience));

        Assert.Equal(1, copied.Files);
        // A store that is case-sensitive finds no file for the one in other case.
        Assert.Contains(Assert.Single(proof.Differences).Problem, name == "PIPE.xlsx" ? [FileProblem.Missing, FileProblem.NotRegular] : new[] { FileProblem.NotRegular });
        Assert.True(proof.Differences[0].IsByRule);
    }

    [Fact]
    public async Task Copy_PipeInTheNewStore_IsNotOpenedAndDiffers()
    {
        await using var world = await StoreWorld.CreateAsync($"ma-filelink:{StoreWorld.First}");
        await RunAsync("mkfifo", Path.Combine(world.New, StoreWorld.First));

        Assert.Equal(1, ChatWorld.Done(await world.CopyAsync(new MemoryFileJournal()).WaitAsync(_patience)).Problems);

        Assert.Equal(FileProblem.Differs, Assert.Single(ChatWorld.Done(await ProveAsync(world).WaitAsync(_patience)).Differences).Problem);
    }

    [Fact]
    public async Task ReadAll_PipeSocketAndDevice_AreListedWithTheirProblem()
    {
        await using var world = await StoreWorld.CreateAsync();
        using var socket = await PutIrregularFilesAsync(world.Legacy);
        var entries = new List<StoreEntry>();

        ChatWorld.Done(await ChatWorld.Done(FileStore.Open(world.Legacy)).ReadAllAsync(
            x =>
            {
                entries.Add(x);
                return ValueTask.CompletedTask;
            }, CancellationToken.None));

        var irregular = entries.Where(x => x.Problem == FileProblem.NotRegular).ToList();
        Assert.Equal(["device.xlsx", "link-to-pipe.xlsx", "pipe.xlsx", "socket.xlsx"], irregular.Select(x => x.Name).Order(StringComparer.Ordinal));
        Assert.All(irregular, x => Assert.Null(x.Path));
        Assert.Equal(3, entries.Count(x => x.Problem is null));
    }

    [Fact]
    public async Task Copy_CallThatDoesNotReturn_EndsWhenCancelled()
    {
        await using var world = await StoreWorld.CreateAsync();
        using var cancelled = new CancellationTokenSource();
        using var answered = new ManualResetEventSlim();
        // As a read from a share whose server is gone: it blocks its thread, and no token reaches it.
        var journal = new MemoryFileJournal
        {
            Before = _ =>
            {
                cancelled.Cancel();
                answered.Wait(CancellationToken.None);
            },
        };
        using var transfer = world.Transfer(journal);
        var room = await world.RoomAsync();
        try
        {
            // On a thread of its own, so that a call which blocks its caller fails here as well.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => transfer.CopyRoomAsync(room, _ => { }, cancelled.Token), CancellationToken.None).WaitAsync(_patience));
        }
        finally
        {
            answered.Set();
        }
    }

    [Fact]
    public async Task Read_FileThatGrowsAsFastAsItIsRead_EndsLongerThanItWas()
    {
        await using var world = await StoreWorld.CreateAsync();
        using var cancelled = new CancellationTokenSource(_patience);
        var place = StoreWorld.Put(world.Legacy, "growing.log", new string('x', 1_000));
        using var file = File.OpenHandle(place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

        var (length, _) = await FileHash.ReadAsync(file, async (bytes, _) => await File.AppendAllTextAsync(place, new string('x', bytes.Length), cancelled.Token), cancelled.Token);

        Assert.True(length > 1_000, $"{length}");
    }

    private static async Task<Socket> PutIrregularFilesAsync(string store)
    {
        await RunAsync("mkfifo", Path.Combine(store, "pipe.xlsx"));
        // The same as /dev/null; only root may make one, elsewhere a second pipe stands in for it.
        await RunAsync(Environment.UserName == "root" ? "mknod" : "mkfifo", Path.Combine(store, "device.xlsx"), Environment.UserName == "root" ? ["c", "1", "3"] : []);
        File.CreateSymbolicLink(Path.Combine(store, "link-to-pipe.xlsx"), "pipe.xlsx");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(store, "socket.xlsx")));
        return socket;
    }

    private static async Task RunAsync(string command, string place, params string[] rest)
    {
        using var process = Process.Start(new ProcessStartInfo(command, [place, .. rest]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<MigrationPortal.Engine.Outcome<FileProof>> ProveAsync(StoreWorld world) => await new FileVerifier(
        world.Chat.Legacy, ChatWorld.Done(FileStore.Open(world.Legacy)), ChatWorld.Done(FileStore.Open(world.New))).ProveAsync(await world.RoomAsync(), CancellationToken.None);
}
