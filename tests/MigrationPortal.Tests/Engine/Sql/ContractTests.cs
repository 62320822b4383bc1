using System.Text;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Sql;

/// <summary>What the engine needs of a server, whichever it is: the same facts from the same rows, the same rows from the same plan.</summary>
public sealed class ContractTests
{
    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Read_BothPools_AreTheSameOnEveryServer(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var legacy = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        Assert.Equal((9, 7, 5, 1L), (legacy.Nodes.Count, legacy.Principals.Count, legacy.Affiliations.Count, legacy.StrayMessageCount));
        var general = legacy.Messages.Single(x => x.NodeId == 10);
        Assert.Equal((300L, 1L, 300L, 300L), (general.Count, general.FirstChatId, general.LastMessageId, general.LastChatId));
        Assert.Equal("Deep ", legacy.Nodes.Single(x => x.NodeId == 11).Name);
        Assert.True(legacy.Principals.Single(x => x.PrincipalId == 6).Disabled == 1);
        var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        Assert.Equal("open", current.Nodes.Single(x => x.NodeId == 21).Visibility);
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Probe_DocumentedSchemas_NothingUnknownOrMissing(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        foreach (var database in new[] { world.Legacy, world.New })
        {
            var report = ChatWorld.Done(await SchemaProbe.ProbeAsync(database, CancellationToken.None));
            Assert.DoesNotContain(report.Tables, x => x.State == ProbeState.Unknown || (x.IsRequired && x.State == ProbeState.Missing));
            Assert.True(report.MayWrite);
        }
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task ReadMessages_ForPeople_TranscriptMonthsAndCounts(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var messages = ChatWorld.Done(await MessageReader.ReadTranscriptAsync(world.Legacy, 10, 296, 3, CancellationToken.None));
        Assert.Equal([296L, 297, 298], messages.Select(x => x.ChatId));
        Assert.Equal("Fred", messages[1].AuthorName);
        var months = ChatWorld.Done(await MessageReader.CountByMonthAsync(world.Legacy, 10, CancellationToken.None));
        Assert.Equal(300, months.Sum(x => x.Count));
        var counts = ChatWorld.Done(await ChatPoolReader.CountUpToAsync(world.New, new Dictionary<int, long> { [21] = 20, [777] = 5 }, CancellationToken.None));
        Assert.Equal((20L, 0L), (counts[21], counts[777]));
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task ReadMessages_LongMessage_BeginningAndThenPartsThatMakeItWhole(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        // Wherever it is cut by UTF-16 units, half of the cuts are within a character.
        var text = string.Concat(Enumerable.Repeat("a\U0001F600", 30_000)) + "end";
        await world.LegacyDatabase.ExecuteAsync($"update tblChat set content = N'{text}' where channelId = 10 and chatId = 297");

        var messages = ChatWorld.Done(await MessageReader.ReadTranscriptAsync(world.Legacy, 10, 296, 3, CancellationToken.None));

        Assert.Null(messages[0].Content.Rest);
        var whole = new StringBuilder(messages[1].Content.Content);
        Assert.InRange(whole.Length, MessageReader.PreviewLength - 1, 2 * MessageReader.PreviewLength);
        for (var rest = messages[1].Content.Rest; rest is { } from;)
        {
            var part = ChatWorld.Done(await MessageReader.ReadPartAsync(world.Legacy, 10, 297, from, CancellationToken.None))!;
            whole.Append(part.Content);
            rest = part.Rest;
        }

        Assert.Equal(text, whole.ToString());
        Assert.Null(ChatWorld.Done(await MessageReader.ReadPartAsync(world.Legacy, 10, 777_777, 0, CancellationToken.None)));
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Run_WholePool_EveryRoomIsProvenAndLegacyStays(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var before = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        var plan = await world.PlanAsync();
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal(), new CopyLimits { PageMessages = 64 });
        foreach (var room in plan.Rooms)
        {
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
            Assert.All(proof.Rules, rule => Assert.True(rule.Holds, $"{room.Name}: {rule} {string.Join(' ', proof.Settings)}"));
            Assert.True(proof.Grade <= Grade.Good, room.Name);
        }
        var after = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        Assert.Equal(before.Messages.Select(x => (x.NodeId, x.Count, x.LastChatId)), after.Messages.Select(x => (x.NodeId, x.Count, x.LastChatId)));
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Run_InterruptedAtAPage_ResumesToTheSameMessages(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var plan = await world.PlanAsync();
        var (journal, pages) = (new MemoryJournal(), 0);
        journal.Before = step =>
        {
            if (step == nameof(ITransferJournal.ConfirmPageAsync) && ++pages == 2) throw new InvalidOperationException("Stopped here.");
        };
        var limits = new CopyLimits { PageMessages = 100 };
        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeRun.RunAsync(world, plan, journal, limits));
        var ids = await WholeRun.RunAsync(world, plan, journal, limits);
        Assert.Equal(353, journal.Pages.Sum(x => x.Page.Count));
        foreach (var room in plan.Rooms)
            Assert.Equal(0, ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None)).MismatchCount);
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Acquire_WhileAnotherRunHoldsTheTarget_IsRefused(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var (one, two) = (Transfer(world), Transfer(world));
        await using (var held = ChatWorld.Done(await one.AcquireAsync(CancellationToken.None)))
        {
            Assert.Null(await held.CheckAsync(CancellationToken.None));
            Assert.Equal("run-in-progress", (await two.AcquireAsync(CancellationToken.None)).Refusal?.Code);
        }
        // The server needs a moment to notice that a connection is gone.
        await using var free = await Shared.Eventually.GetAsync(async () => (await two.AcquireAsync(CancellationToken.None)).Value, _ => true);
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Verify_DamagedRoom_NamesEachMessage(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var plan = await world.PlanAsync();
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General));
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());
        var node = ids.Nodes[room.Guid];
        await world.NewDatabase.ExecuteAsync($"""
            delete from tblChat where channelId = {node} and chatId = 12;
            update tblChat set content = 'x' where channelId = {node} and chatId = 23;
            update tblChat set chatDate = chatDate + 1 where channelId = {node} and chatId = 34
            """);
        var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
        Assert.Equal(
            [new MessageMismatch(12, MismatchKind.Missing, ""), new MessageMismatch(23, MismatchKind.Altered, "content"), new MessageMismatch(34, MismatchKind.Altered, "date")],
            proof.Mismatches);
    }

    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Prepare_NameTakenByNow_RefusesAndWritesNothing(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var plan = await world.PlanAsync();
        await world.NewDatabase.ExecuteAsync("update tblNode set nodeName = 'gENERAL  ' where nodeID = 21");
        var transfer = Transfer(world);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        Assert.Equal("target-changed", (await transfer.PrepareAsync(plan, CancellationToken.None)).Refusal?.Code);
        Assert.Equal(3, ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None)).Nodes.Count);
    }

    [Theory, OnPostgreSql, OnMirrored, OnSqlServer]
    public async Task Run_ColumnsThatNumberThemselves_KeepThePlannedNumbers(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        await world.NewDatabase.ExecuteAsync("alter table tblNode alter nodeID add generated by default as identity; alter table tblPrincipal alter prinID add generated by default as identity");
        var plan = await world.PlanAsync();
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());
        var pool = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        Assert.All(ids.Nodes, x => Assert.Equal(x.Value, pool.Nodes.Single(node => node.Guid == x.Key).NodeId));
        Assert.All(ids.Principals, x => Assert.Equal(x.Value, pool.Principals.Single(principal => principal.Guid == x.Key).PrincipalId));
    }

    [Theory, OnPostgreSql, OnTranslated, OnMirrored, OnSqlServer]
    public async Task Read_ManyValues_FindsEachOnce(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        await using var session = ChatWorld.Done(await SqlDialect.For(world.Legacy.Provider).OpenForReadingAsync(world.Legacy, CancellationToken.None));
        var nodes = await session.ListAnyOfAsync(
            "select nodeID, nodeGuid from tblNode", "nodeID", Enumerable.Range(-5000, 10_000).Append(10).Cast<object>(), row => (row.GetInt32(0), Guid: row.GetGuid(1)), CancellationToken.None);
        Assert.Equal(9, nodes.Count);
        var guids = nodes.Select(x => (object)x.Guid).Concat(Enumerable.Range(0, 5000).Select(_ => (object)Guid.NewGuid()));
        Assert.Equal(9, (await session.ListAnyOfAsync("select nodeID from tblNode", "nodeGuid", guids, row => row.GetInt32(0), CancellationToken.None)).Count);
        var counts = ChatWorld.Done(await ChatPoolReader.CountUpToAsync(world.New, Enumerable.Range(1, 5000).ToDictionary(x => x, _ => 20L), CancellationToken.None));
        Assert.Equal((5000, 20L, 0L), (counts.Count, counts[21], counts[22]));
    }

    [Theory, OnTranslated, OnMirrored, OnSqlServer]
    public async Task Run_OnSqlServer_PagesAndUndoStayBelowLockEscalation(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        await world.LegacyDatabase.ExecuteAsync("insert into tblChat select 14, i, 635000000000000000 + i, 2, false, 'm' || i from generate_series(1, 9000) i");
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal);
        Assert.Equal([4000, 4000, 1000], journal.Pages.Where(x => x.Page.Room == Guid.Parse(ChatWorld.Empty)).Select(x => x.Page.Count));
        // As a page is that got messages later: more than one statement may remove.
        await using (var session = ChatWorld.Done(await SqlDialect.For(world.New.Provider).OpenForReadingAsync(world.New, CancellationToken.None)))
            await MergeAsync(session, journal, Guid.Parse(ChatWorld.Empty));
        var undo = new MigrationPortal.Engine.Undo.BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        await using (await Shared.Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true))
            ChatWorld.Done(await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None));
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    private static async Task MergeAsync(ChatSession session, MemoryJournal journal, Guid room)
    {
        var pages = journal.Pages.Where(x => x.Page.Room == room).Select(x => x.Page).OrderBy(x => x.FirstChatId).ToList();
        var node = await ChatSession.ScalarAsync<int>(session.Command("select nodeID from tblNode where nodeGuid = @guid", ("guid", room)), CancellationToken.None);
        var whole = new LedgerPage(room, pages[0].FirstChatId, pages[^1].LastChatId, pages.Sum(x => x.Count), []);
        var found = await PageRecovery.ReadAsync(session, node, whole, CancellationToken.None);
        journal.Pages.RemoveAll(x => x.Page.Room == room);
        journal.Pages.Add((whole with { Sha256 = found.Sha256 }, true));
    }

    private static BatchTransfer Transfer(ChatWorld world) => new(world.Legacy, world.New, new MemoryJournal(), TimeProvider.System);
}
