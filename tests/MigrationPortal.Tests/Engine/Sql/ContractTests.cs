using MigrationPortal.Engine.Reading;
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

    private static BatchTransfer Transfer(ChatWorld world) => new(world.Legacy, world.New, new MemoryJournal(), TimeProvider.System);
}
