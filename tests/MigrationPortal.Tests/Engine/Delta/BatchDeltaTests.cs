using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Shared.Servers;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Engine.Delta;

/// <summary>A run and its deltas make of a legacy pool that changed in between what one run at the end would have made.</summary>
public sealed class BatchDeltaTests
{
    private const string NewMessages = """
        insert into tblPrincipal select 8, '10000000-0000-0000-0000-000000000008'::uuid, 'sip:eve@contoso.com', 'Eve', null, null, 'CN=Eve,OU=Staff,DC=contoso,DC=com', null, false, 5, 0, true, 1, 634000000000000008, 1, 634100000000000008, '2012-05-06 07:08:09';
        insert into tblPrincipalAffiliations values (8, 8, -1, 1), (8, 4, 1, 1);
        insert into tblChat select 10, i, 636000000000000000 + i, 2 + i % 2, false, 'later ' || i from generate_series(301, 345) i;
        insert into tblChat values (10, 346, 636000000000001000, 8, false, 'hello from Eve');
        insert into tblChat values (14, 1, 636000000000001000, 8, false, 'the first in here');
        update tblLastChatId set lastChatID = 346 where nodeID = 10;
        insert into tblLastChatId values (14, 1)
        """;

    // 11 holds every third id from 0 to 120; 13 holds 51 to 60 and its counter says 75.
    private const string LateMessages = """
        insert into tblChat select 11, i, 635000000000000000 - i, 3, false, 'late ' || i from generate_series(0, 119) i where i % 3 = 1;
        insert into tblChat select 13, i, 635000000000000000 + i, 6, false, 'restored ' || i from generate_series(1, 50) i;
        insert into tblChat values (13, 70, 635000000000000070, 6, false, 'between the last and the counter')
        """;

    private const string Changes = """
        update tblNode set nodeName = 'General talk', nodeDesc = 'All of it' where nodeID = 10;
        update tblNode set visibility = 2 where nodeID = 12;
        update tblNode set parentID = 3, scopeDefinerId = 1 where nodeID = 14;
        insert into tblPrincipalRole values (13, 2, 1, 1, null, null);
        delete from tblPrincipalRole where prinRoleNodeID = 12 and prinRoleTypeID = 3
        """;

    [Fact]
    public async Task Delta_NothingCameSince_ChangesNothingAndPlansTheSame()
    {
        await using var world = await ChatWorld.CreateAsync();
        var (journal, plan) = (new MemoryJournal(), await world.PlanAsync());
        await WholeRun.RunAsync(world, plan, journal, DeltaRun.Small);
        var before = await ChatWorld.HashAsync(world.NewDatabase);

        Assert.Equal(plan.Fingerprint, (await DeltaRun.PlanAsync(world, journal)).Plan.Fingerprint);
        await DeltaRun.ProveAsync(world, journal);

        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Theory]
    [OnPostgreSql]
    [OnTranslated]
    [OnMirrored]
    [OnSqlServer]
    public async Task Delta_MessagesRightsAndSettingsCame_EqualsOneRunAtTheEnd(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        await using var oracle = await ChatWorld.CreateAsync();
        var before = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        var legacyBefore = await ChatWorld.HashAsync(world.LegacyDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        foreach (var change in new[] { NewMessages, LateMessages, Changes })
        {
            await world.LegacyDatabase.ExecuteAsync(change);
            await oracle.LegacyDatabase.ExecuteAsync(change);
            await DeltaRun.ProveAsync(world, journal);
        }

        await WholeRun.RunAsync(oracle, await oracle.PlanAsync(), new MemoryJournal(), DeltaRun.Small);
        Assert.Equal(await DeltaRun.DescribeAsync(oracle.New, before), await DeltaRun.DescribeAsync(world.New, before));
        Assert.NotEqual(legacyBefore, await ChatWorld.HashAsync(world.LegacyDatabase));
        Assert.Equal(await MessagesAsync(oracle), await MessagesAsync(world));
    }

    [Fact]
    public async Task Delta_TwoNewAddIns_AreBothThere()
    {
        await using var world = await ChatWorld.CreateAsync();
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        await world.LegacyDatabase.ExecuteAsync("""
            insert into tblSiopWhiteList values ('20000000-0000-0000-0000-000000000002', 'Clock', 'https://clock.contoso.com/'), ('20000000-0000-0000-0000-000000000003', 'News', 'https://news.contoso.com/');
            update tblNode set siopID = '20000000-0000-0000-0000-000000000002' where nodeID = 10;
            update tblNode set siopID = '20000000-0000-0000-0000-000000000003' where nodeID = 12
            """);

        await DeltaRun.ProveAsync(world, journal);

        Assert.Equal("Clock, News", await world.NewDatabase.ScalarAsync<string>("select string_agg(siopName, ', ' order by nodeName) from tblNode n join tblSiopWhiteList s on s.siopID = n.siopID where nodeName in ('General', 'Hall')"));
    }

    [Fact]
    public async Task Delta_AfterLateMessages_UndoStillTakesEverythingBack()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        await world.LegacyDatabase.ExecuteAsync($"{NewMessages};{LateMessages};{Changes}");
        await DeltaRun.ProveAsync(world, journal);

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        Assert.Empty(preview.Obstacles);
        await using (await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true))
            ChatWorld.Done(await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None));

        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Delta_SomebodyPostedInOneRoom_RefusesThatRoomAndMovesTheOthers()
    {
        await using var world = await ChatWorld.CreateAsync();
        var journal = new MemoryJournal();
        var ids = await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        var general = ids.Nodes[Guid.Parse(ChatWorld.General)];
        await world.NewDatabase.ExecuteAsync($"insert into tblChat values ({general}, 301, 636000000000000000, 41, false, 'hello', null); update tblLastChatId set lastChatID = 301 where nodeID = {general}");
        var used = $"t::text like '({general},%'";
        var before = await ChatWorld.HashAsync(world.NewDatabase, used);
        await world.LegacyDatabase.ExecuteAsync($"{NewMessages};{Changes}");

        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        var (_, rooms) = await DeltaRun.RunAsync(world.Legacy, world.New, plan, journal);

        var refusal = rooms[Guid.Parse(ChatWorld.General)].Refusal;
        Assert.Equal("room-used-since", refusal?.Code);
        Assert.Contains("General", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase, used));
        Assert.All(rooms.Where(x => x.Key != Guid.Parse(ChatWorld.General)), x => ChatWorld.Done(x.Value));
        Assert.Equal(1, await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblChat where channelId = {ids.Nodes[Guid.Parse(ChatWorld.Empty)]}"));
    }

    [Fact]
    public async Task Delta_AdministratorChangedTheNewRoom_LeavesThatAndTheProofNamesIt()
    {
        await using var world = await ChatWorld.CreateAsync();
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        await world.NewDatabase.ExecuteAsync("""
            update tblNode set nodeDesc = 'As Zoe likes it' where nodeName = 'General';
            delete from tblPrincipalRole where prinRoleNodeID = (select nodeID from tblNode where nodeName = 'Hall') and prinRoleTypeID = 3
            """);
        await world.LegacyDatabase.ExecuteAsync($"{NewMessages};update tblNode set nodeDesc = 'All of it' where nodeID = 10");

        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        var (ids, rooms) = await DeltaRun.RunAsync(world.Legacy, world.New, plan, journal);

        Assert.Equal(346, ChatWorld.Done(rooms[Guid.Parse(ChatWorld.General)]).Messages);
        Assert.Equal("As Zoe likes it", await world.NewDatabase.ScalarAsync<string>("select nodeDesc from tblNode where nodeName = 'General'"));
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General));
        var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
        Assert.Equal(Grade.Investigate, proof.Grade);
        Assert.Contains(proof.Settings, x => x is { Property: "Description", Found: "As Zoe likes it", ByRule: null });
    }

    [Fact]
    public async Task Delta_LegacyPurgedAndChangedMessages_KeepsTheCopiesAndTheProofNamesEach()
    {
        await using var world = await ChatWorld.CreateAsync();
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        await world.LegacyDatabase.ExecuteAsync("delete from tblChat where channelId = 10 and chatId in (7, 130); update tblChat set content = 'moderated' where channelId = 10 and chatId = 131");

        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        var (ids, rooms) = await DeltaRun.RunAsync(world.Legacy, world.New, plan, journal);

        Assert.Equal(300, ChatWorld.Done(rooms[Guid.Parse(ChatWorld.General)]).Messages);
        var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General)), plan, ids, CancellationToken.None));
        Assert.Equal([(7, MismatchKind.Extra), (130, MismatchKind.Extra), (131L, MismatchKind.Altered)], proof.Mismatches.Select(x => (x.ChatId, x.Kind)));
    }

    [Theory]
    [InlineData("SaveAllocationAsync", 1)]
    [InlineData("IntendChangesAsync", 1)]
    [InlineData("ConfirmRowsAsync", 1)]
    [InlineData("IntendPageAsync", 1)]
    [InlineData("IntendPageAsync", 4)]
    [InlineData("ConfirmPageAsync", 2)]
    [InlineData("ConfirmPageAsync", 5)]
    [InlineData("IntendFillingAsync", 1)]
    [InlineData("ConfirmFillingAsync", 1)]
    [InlineData("ConfirmFillingAsync", 2)]
    public async Task Delta_StoppedBeforeThatStep_ResumesToTheSameBytes(string step, int occurrence)
    {
        await using var undisturbed = await ChatWorld.CreateAsync();
        await using var disturbed = await ChatWorld.CreateAsync();
        var (one, two) = (new MemoryJournal(), new MemoryJournal());
        foreach (var (world, journal) in new[] { (undisturbed, one), (disturbed, two) })
        {
            await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
            await world.LegacyDatabase.ExecuteAsync($"{NewMessages};{LateMessages};{Changes}");
        }
        await DeltaRun.ProveAsync(undisturbed, one);

        var (plan, seen) = ((await DeltaRun.PlanAsync(disturbed, two)).Plan, 0);
        two.Before = name =>
        {
            if (name == step && ++seen == occurrence) throw new InvalidOperationException("Stopped here.");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => DeltaRun.RunAsync(disturbed.Legacy, disturbed.New, plan, two));
        await DeltaRun.ProveAsync(disturbed, two);

        Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(disturbed.NewDatabase));
        Assert.All(two.Pages, x => Assert.True(x.IsConfirmed));
        Assert.Equal(one.Pages.Sum(x => x.Page.Count), two.Pages.Sum(x => x.Page.Count));
    }

    [Theory]
    [InlineData("IntendFillingAsync")]
    [InlineData("ConfirmFillingAsync")]
    public async Task Delta_StoppedWhileItFilledAPage_IsNobodyElsesChangeForAnUndo(string step)
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, DeltaRun.Small);
        await world.LegacyDatabase.ExecuteAsync(LateMessages);
        var plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        journal.Before = name =>
        {
            if (name == step) throw new InvalidOperationException("Stopped here.");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => DeltaRun.RunAsync(world.Legacy, world.New, plan, journal));
        journal.Before = _ => { };

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        Assert.Empty(preview.Obstacles);
        await using (await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true))
            ChatWorld.Done(await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None));

        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    private static Task<string> MessagesAsync(ChatWorld world) => world.NewDatabase.ScalarAsync<string>("""
        select md5(string_agg(concat_ws('|', n.nodeGuid, c.chatId, c.chatDate, p.prinGuid, c.isAlert, c.content), E'\n' order by n.nodeGuid, c.chatId))
        from tblChat c join tblNode n on n.nodeID = c.channelId join tblPrincipal p on p.prinID = c.userId
        """)!;
}
