using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Files;

/// <summary>Files of a room, from one real directory to another, on what a real database says of them.</summary>
public sealed class FileTransferTests
{
    [Fact]
    public async Task Copy_RoomWithFiles_KeepsPathNameBytesAndTime()
    {
        await using var world = await StoreWorld.CreateAsync();
        var journal = new MemoryFileJournal();
        var before = StoreWorld.Tree(world.Legacy);

        var copied = ChatWorld.Done(await world.CopyAsync(journal));

        Assert.Equal((3, 3, 0), (copied.Files, copied.Total, copied.Problems));
        Assert.Equal(before, StoreWorld.Tree(world.New));
        Assert.Equal(before, StoreWorld.Tree(world.Legacy));
        Assert.All(journal.Files.Values, x => Assert.True(x.IsOurs && x.IsConfirmed));
        Assert.Contains("archive/2012/", journal.Files.Keys);
        Assert.Equal(0, ChatWorld.Done(await world.CopyAsync(journal)).Bytes);
    }

    [Fact]
    public async Task Copy_SomethingStandsThere_IsNeededWhenEqualAndUntouchedWhenNot()
    {
        await using var world = await StoreWorld.CreateAsync();
        StoreWorld.Put(world.New, StoreWorld.First, "first");
        StoreWorld.Put(world.New, StoreWorld.Second, "somebody else's");
        var journal = new MemoryFileJournal();

        var copied = ChatWorld.Done(await world.CopyAsync(journal));

        Assert.Equal((2, 1), (copied.Files, copied.Problems));
        Assert.False(journal.Files[StoreWorld.First].IsOurs);
        Assert.Null(journal.Files[StoreWorld.Second].Sha256);
        Assert.Equal("somebody else's", await File.ReadAllTextAsync(Path.Combine(world.New, StoreWorld.Second)));
    }

    [Theory]
    [InlineData("ma-filelink:../outside", FileProblem.LeavesStore)]
    [InlineData("ma-filelink:leads-out", FileProblem.LeavesStore)]
    [InlineData("ma-filelink:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b99.pdf", FileProblem.Missing)]
    [InlineData("ma-filelink:twin.txt", FileProblem.Ambiguous)]
    public async Task Copy_LinkWithoutAFile_CopiesNothingAndIsNamed(string link, FileProblem problem)
    {
        await using var world = await StoreWorld.CreateAsync(link);
        File.CreateSymbolicLink(Path.Combine(world.Legacy, "leads-out"), "/etc/hostname");
        StoreWorld.Put(world.Legacy, "TWIN.txt", "1");
        StoreWorld.Put(world.Legacy, "Twin.txt", "2");

        ChatWorld.Done(await world.CopyAsync(new MemoryFileJournal()));

        Assert.Empty(Directory.EnumerateFileSystemEntries(world.New));
        var proof = await ProveAsync(world);
        Assert.Equal(problem, Assert.Single(proof.Differences).Problem);
    }

    [Fact]
    public async Task Copy_NewStoreHasItInOtherCase_IsNotMadeBesideIt()
    {
        await using var world = await StoreWorld.CreateAsync();
        StoreWorld.Put(world.New, StoreWorld.First.ToUpperInvariant(), "first");

        Assert.Equal(1, ChatWorld.Done(await world.CopyAsync(new MemoryFileJournal())).Problems);

        Assert.False(File.Exists(Path.Combine(world.New, StoreWorld.First)));
    }

    [Fact]
    public async Task Copy_LinkedInOtherCase_IsFound()
    {
        await using var world = await StoreWorld.CreateAsync($"ma-filelink:{StoreWorld.First.ToUpperInvariant()}");

        Assert.Equal(1, ChatWorld.Done(await world.CopyAsync(new MemoryFileJournal())).Files);

        Assert.True(File.Exists(Path.Combine(world.New, StoreWorld.First)));
    }

    /// <summary>The capital of i is not I in Turkish, whichever of the two servers folds it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copy_DatabaseOfATurkishCollation_FindsLinksInCapitals(bool asSqlServer)
    {
        await using var world = await StoreWorld.CreateAsync(asSqlServer ? ServerKind.Translated : null, $"MA-FILELINK:{StoreWorld.First}");
        await world.Chat.LegacyDatabase.ExecuteAsync("alter table tblChat alter content type text collate \"tr-TR-x-icu\"");

        Assert.Equal(1, ChatWorld.Done(await world.CopyAsync(new MemoryFileJournal())).Files);
    }

    [Fact]
    public async Task Copy_StoppedAtEveryStep_GoesOnAndEndsTheSame()
    {
        await using var world = await StoreWorld.CreateAsync();
        var expected = StoreWorld.Tree(world.Legacy);
        var journal = new MemoryFileJournal();
        var (steps, stopAt, stops) = (0, 0, 0);
        journal.Before = _ =>
        {
            if (steps++ == stopAt) throw new InvalidOperationException("stopped");
        };
        for (var isDone = false; !isDone; stopAt = stops % 3)
        {
            steps = 0;
            try
            {
                ChatWorld.Done(await world.CopyAsync(journal));
                isDone = true;
            }
            catch (InvalidOperationException)
            {
                stops++;
            }
        }

        Assert.True(stops >= 5, $"{stops}");
        Assert.Equal(expected, StoreWorld.Tree(world.New));
    }

    [Fact]
    public async Task Undo_WhatABatchWrote_LeavesTheTreeAsItWas()
    {
        await using var world = await StoreWorld.CreateAsync();
        StoreWorld.Put(world.New, StoreWorld.First, "first");
        StoreWorld.Put(world.New, "archive/other.txt", "other");
        var before = StoreWorld.Tree(world.New);
        var journal = new MemoryFileJournal();
        ChatWorld.Done(await world.CopyAsync(journal));
        Assert.NotEqual(before, StoreWorld.Tree(world.New));

        var preview = await PreviewAsync(world, journal);
        Assert.Equal((2, 0), (preview.FileCount, preview.Obstacles.Count));
        ChatWorld.Done(await Undo(world, journal).RemoveAsync(preview, _ => { }, CancellationToken.None));

        Assert.Equal(before, StoreWorld.Tree(world.New));
    }

    [Fact]
    public async Task Undo_SomebodyChangedAFile_IsNamed()
    {
        await using var world = await StoreWorld.CreateAsync();
        var journal = new MemoryFileJournal();
        ChatWorld.Done(await world.CopyAsync(journal));
        await File.WriteAllTextAsync(Path.Combine(world.New, StoreWorld.First), "FIRST");

        Assert.Equal(("FileChanged", StoreWorld.First), (await PreviewAsync(world, journal)).Obstacles.Select(x => (x.Code, x.Subject)).Single());
    }

    [Fact]
    public async Task Undo_FileReplacedAfterItWasRead_StaysAndIsNamed()
    {
        await using var world = await StoreWorld.CreateAsync();
        var journal = new MemoryFileJournal();
        ChatWorld.Done(await world.CopyAsync(journal));
        var files = await PreviewAsync(world, journal);
        await File.WriteAllTextAsync(Path.Combine(world.New, StoreWorld.First), "another");

        var refusal = (await Undo(world, journal).RemoveAsync(files, _ => { }, CancellationToken.None)).Refusal;

        Assert.Equal("room-used-since", refusal?.Code);
        Assert.Contains(StoreWorld.First, refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("another", await File.ReadAllTextAsync(Path.Combine(world.New, StoreWorld.First)));
    }

    [Fact]
    public async Task Undo_AfterAnInterruptedCopy_TakesThePieceAlong()
    {
        await using var world = await StoreWorld.CreateAsync();
        var journal = new MemoryFileJournal { Before = step => Stop(step == nameof(IFileJournal.SealAsync)) };
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.CopyAsync(journal));
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(world.New));

        ChatWorld.Done(await Undo(world, journal).RemoveAsync(await PreviewAsync(world, journal), _ => { }, CancellationToken.None));

        Assert.Empty(Directory.EnumerateFileSystemEntries(world.New));
    }

    [Fact]
    public async Task Prove_MissingAndChanged_AreNamed()
    {
        await using var world = await StoreWorld.CreateAsync();
        ChatWorld.Done(await world.CopyAsync(new MemoryFileJournal()));
        Assert.Equal((3, 3, 0), await ProveAsync(world) is var good ? (good.Legacy, good.New, good.DifferenceCount) : default);
        File.Delete(Path.Combine(world.New, StoreWorld.First));
        await File.WriteAllTextAsync(Path.Combine(world.New, StoreWorld.Third), "THIRD");

        var proof = await ProveAsync(world);

        Assert.False(proof.Holds);
        Assert.Equal([(StoreWorld.First, FileProblem.NotCopied), (StoreWorld.Third, FileProblem.Differs)], proof.Differences.Select(x => (x.Name, x.Problem)));
    }

    [Fact]
    public async Task Copy_LegacyStoreAway_IsWaitedForAndSaysWhichOne()
    {
        await using var world = await StoreWorld.CreateAsync();
        var refusal = FileStore.OpenLegacy(world.Legacy + "-elsewhere").Refusal;
        Assert.Equal(("file-store-unreachable", RefusalKind.Unavailable), (refusal?.Code, refusal?.Kind));
        Assert.Contains("legacy-elsewhere", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("file-store-empty", FileStore.OpenLegacy(world.New).Refusal?.Code);
    }

    [Fact]
    public async Task Copy_NewStoreGoesAway_Refuses()
    {
        await using var world = await StoreWorld.CreateAsync();
        using var transfer = world.Transfer(new MemoryFileJournal());
        Directory.Delete(world.New);

        Assert.Equal("file-store-unreachable", (await transfer.CopyRoomAsync(await world.RoomAsync(), _ => { }, CancellationToken.None)).Refusal?.Code);
    }

    private static void Stop(bool now)
    {
        if (now) throw new InvalidOperationException("stopped");
    }

    private static FileUndo Undo(StoreWorld world, MemoryFileJournal journal) => new(world.New, [.. journal.Files.Values.Select(x => new UndoneFile(x, false))]);

    private static async Task<FilesToUndo> PreviewAsync(StoreWorld world, MemoryFileJournal journal) => ChatWorld.Done(await Undo(world, journal).PreviewAsync(CancellationToken.None));

    private static async Task<FileProof> ProveAsync(StoreWorld world) => ChatWorld.Done(await new FileVerifier(
        world.Chat.Legacy, ChatWorld.Done(FileStore.Open(world.Legacy)), ChatWorld.Done(FileStore.Open(world.New))).ProveAsync(await world.RoomAsync(), CancellationToken.None));
}
