using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Undo;

/// <summary>Run and undo together are as if nothing had happened; what anybody else did in between is found and named.</summary>
public sealed class BatchUndoTests
{
    private static readonly CopyLimits Small = new() { PageMessages = 20 };

    [Fact]
    public async Task Remove_WholeRun_LeavesEveryTableAsItWas()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        Assert.Empty(preview.Obstacles);
        Assert.Empty(preview.Kept);
        Assert.Equal(353, preview.Rooms.Sum(x => x.Messages));
        ChatWorld.Done(await RemoveAsync(undo, preview.Fingerprint));

        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
        Assert.Empty(journal.Pages);
    }

    [Theory]
    [InlineData("update tblNode set nodeName = null where nodeName = 'Hall'", "RoomChanged")]
    [InlineData("update tblNode set nodeName = '' where nodeName = 'Hall'", "RoomChanged")]
    [InlineData("update tblNode set nodeID = 4711 where nodeName = 'Hall'", "RoomChanged")]
    [InlineData("delete from tblNode where nodeName = 'Hall'", "RoomChanged")]
    [InlineData("update tblNode set nodeGuid = null where nodeName = 'Hall'", "RoomChanged")]
    [InlineData("update tblNode set behavior = 99999999999 where nodeName = 'Hall'", "RoomChanged")]
    [InlineData("update tblPrincipalRole set prinRoleTypeID = null where prinRoleNodeID = (select nodeID from tblNode where nodeName = 'Hall') and prinRoleTypeID = 3", "RightsChanged")]
    [InlineData("update tblSiopWhiteList set siopName = null where siopName = 'Weather'", "AddInChanged")]
    [InlineData("update tblSiopWhiteList set siopName = U&'\\200B' where siopName = 'Weather'", "AddInChanged")]
    [InlineData("insert into tblNode select * from tblNode where nodeName = 'Hall'", "RoomChanged")]
    [InlineData("insert into tblPrincipalRole select * from tblPrincipalRole where prinRoleNodeID = (select nodeID from tblNode where nodeName = 'Hall')", "RightsChanged")]
    [InlineData("update tblNode set parentID = (select nodeID from tblNode where nodeName = 'Hall') where nodeName = 'Pilot room'", "RoomChanged")]
    [InlineData("update tblChat set content = null where chatId = 7 and channelId = (select nodeID from tblNode where nodeName = 'Hall')", "RoomChanged")]
    [InlineData("update tblChat set userId = 99999999999 where chatId = 7 and channelId = (select nodeID from tblNode where nodeName = 'Hall')", "RoomChanged")]
    [InlineData("insert into tblChat select nodeID, 1, 1, 41, false, 'in a category', null from tblNode where nodeName = 'Trading'", "PostedSince")]
    [InlineData("insert into tblPrincipalInvites select 41, 1, nodeID, now() from tblNode where nodeName = 'Trading'", "InvitedSince")]
    public async Task Preview_RowThatCannotBeReadAsItWasWritten_NamesItself(string damage, string code)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        await RandomDamage.LoosenAsync(world.NewDatabase);
        await world.NewDatabase.ExecuteAsync(damage);

        var preview = ChatWorld.Done(await new BatchUndo(world.New, journal).PreviewAsync(CancellationToken.None));

        Assert.Contains(preview.Obstacles, x => x.Code == code && DisplayText.HasVisible(x.Subject));
    }

    [Fact]
    public async Task Remove_NewPoolWithoutConstraints_RowsWithoutNumbersOrGuidsStandInNobodysWay()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        await RandomDamage.LoosenAsync(world.NewDatabase);
        await world.NewDatabase.ExecuteAsync("""
            insert into tblPrincipalRole select null, prinID, 1, 1 from tblPrincipal;
            insert into tblScopePrincipal select 99999999999, prinID, false, 1 from tblPrincipal;
            insert into tblPrincipalAffiliations select null, prinID, 0, 1 from tblPrincipal;
            insert into tblChat select null, 1, 1, prinID, false, 'stray', null from tblPrincipal;
            insert into tblNode select null, null, nodeID, true, null, null, null, null, null, null, null, null, siopID, nodeAddedBy, 1, nodeUpdatedBy, 1, null from tblNode where nodeType;
            update tblPrincipal set prinGuid = null where prinUri = 'sip:bob@contoso.com';
            """);

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        Assert.Empty(preview.Obstacles);
        Assert.Empty(preview.Kept);
        ChatWorld.Done(await RemoveAsync(undo, preview.Fingerprint));

        Assert.Equal("3 2", await world.NewDatabase.ScalarAsync<string>("select (select count(*) from tblNode where nodeID is not null) || ' ' || (select count(*) from tblPrincipal where prinTypeID = 5)"));
    }

    [Theory]
    [InlineData("insert into tblChat select nodeID, 301, 640000000000000000, 41, false, 'hello', null from tblNode where nodeName = 'General'", "PostedSince", "General")]
    [InlineData("update tblChat set content = content || '!' where chatId = 150 and channelId = (select nodeID from tblNode where nodeName = 'General')", "RoomChanged", "General")]
    [InlineData("update tblNode set nodeDesc = 'Now for bonds' where nodeName = 'Hall'", "RoomChanged", "Hall")]
    [InlineData("insert into tblPrincipalRole select nodeID, 41, 1, 1 from tblNode where nodeName = 'Secret'", "RightsChanged", "Secret")]
    [InlineData("delete from tblPrincipalRole where prinRoleNodeID = (select nodeID from tblNode where nodeName = 'Hall') and prinRoleTypeID = 3", "RightsChanged", "Hall")]
    [InlineData("update tblSiopWhiteList set siopUrl = 'https://elsewhere/' where siopName = 'Weather'", "AddInChanged", "Weather")]
    public async Task Remove_SomebodyWorkedThereSince_RefusesNamingItAndRemovesNothing(string work, string code, string subject)
    {
        await using var world = await ChatWorld.CreateAsync();
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        await world.NewDatabase.ExecuteAsync(work);
        var before = await ChatWorld.HashAsync(world.NewDatabase);

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        var refusal = (await RemoveAsync(undo, preview.Fingerprint)).Refusal;

        Assert.Equal((code, subject), preview.Obstacles.Select(x => (x.Code, x.Subject)).Single());
        Assert.Equal("room-used-since", refusal?.Code);
        Assert.Contains(subject, refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Remove_ServerNotedGroupsAndFileTokens_TakesThemAlong()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        // Each has a foreign key to a person or a room that the batch created.
        await world.NewDatabase.ExecuteAsync("""
            insert into tblPrincipalMembers select prinID, 'CN=Bob' from tblPrincipal where prinUri in ('ma-grp:staff', 'sip:bob@contoso.com');
            insert into tblSkippedAffiliations select prinID, 'a group elsewhere', 1 from tblPrincipal where prinUri = 'sip:bob@contoso.com';
            insert into tblLastInviteId select prinID, 1 from tblPrincipal where prinUri = 'sip:bob@contoso.com';
            insert into tblADCookie select prinGuid, 'dc', null, null, null from tblPrincipal where prinUri = 'sip:bob@contoso.com';
            insert into tblFileToken select 'token', 41, nodeGuid, now(), null, null, null, null, false from tblNode where nodeName = 'General'
            """);

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        Assert.Empty(preview.Obstacles);
        ChatWorld.Done(await RemoveAsync(undo, preview.Fingerprint));

        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Remove_DirectorySyncRewrotePeople_IsNoReasonToRefuse()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        await world.NewDatabase.ExecuteAsync("""
            update tblPrincipal set prinDisplayName = 'Robert', prinDisabled = 2, prinVerifiedOn = now() where prinUri = 'sip:bob@contoso.com';
            update tblPrincipalMeta set tryCount = 3, lastTry = now();
            delete from tblPrincipalAffiliations where principalID <> affiliationID and principalID in (select prinID from tblPrincipal where prinUri = 'sip:bob@contoso.com')
            """);

        var undo = new BatchUndo(world.New, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        ChatWorld.Done(await RemoveAsync(undo, preview.Fingerprint));

        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Remove_TwoBatchesShareCategoriesAndPeople_TheLastOneTakesThemAlong()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var (first, second) = (new MemoryJournal(), new MemoryJournal());
        await WholeRun.RunAsync(world, await PlanAsync(world, [ChatWorld.General], []), first, Small);
        var between = await ChatWorld.HashAsync(world.NewDatabase);
        await WholeRun.RunAsync(world, await PlanAsync(world, [ChatWorld.Hall, ChatWorld.Deep], first.Rows), second, Small);

        var undoFirst = new BatchUndo(world.New, first);
        var kept = ChatWorld.Done(await undoFirst.PreviewAsync(CancellationToken.None));
        Assert.Contains(kept.Kept, x => x is { Table: "tblNode", Subject: "Trading", NeededBy: not null });
        Assert.NotEqual(between, await ChatWorld.HashAsync(world.NewDatabase));
        ChatWorld.Done(await RemoveAsync(undoFirst, kept.Fingerprint));
        Assert.Equal(0, await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblNode where nodeGuid = '{ChatWorld.General}'"));

        // What the first left for the second goes with the second.
        second.Rows.AddRange(first.Rows);
        var undoSecond = new BatchUndo(world.New, second);
        var rest = ChatWorld.Done(await undoSecond.PreviewAsync(CancellationToken.None));
        Assert.Empty(rest.Kept);
        ChatWorld.Done(await RemoveAsync(undoSecond, rest.Fingerprint));
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Remove_StoppedAtEveryStep_GoesOnAndEndsTheSame()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        var fingerprint = ChatWorld.Done(await new BatchUndo(world.New, journal).PreviewAsync(CancellationToken.None)).Fingerprint;
        var (steps, stopAt) = (0, 0);
        journal.Before = _ =>
        {
            if (steps++ == stopAt) throw new InvalidOperationException("stopped");
        };

        var stops = 0;
        for (var isDone = false; !isDone; stopAt = stops % 3)
        {
            steps = 0;
            try
            {
                ChatWorld.Done(await RemoveAsync(new BatchUndo(world.New, journal), fingerprint));
                isDone = true;
            }
            catch (InvalidOperationException)
            {
                stops++;
            }
        }

        Assert.True(stops > 5, $"{stops}");
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Remove_CalledAgainAfterAllIsGone_IsDoneAndNotRefused()
    {
        await using var world = await ChatWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        var fingerprint = ChatWorld.Done(await new BatchUndo(world.New, journal).PreviewAsync(CancellationToken.None)).Fingerprint;
        ChatWorld.Done(await RemoveAsync(new BatchUndo(world.New, journal), fingerprint));

        // As after a kill between the removal and the note that it happened.
        Assert.Empty(ChatWorld.Done(await RemoveAsync(new BatchUndo(world.New, journal), fingerprint)).Rooms);
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Remove_AnotherFingerprint_RemovesNothing()
    {
        await using var world = await ChatWorld.CreateAsync();
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(world, await world.PlanAsync(), journal, Small);
        var before = await ChatWorld.HashAsync(world.NewDatabase);

        Assert.Equal("undo-changed", (await RemoveAsync(new BatchUndo(world.New, journal), "0")).Refusal?.Code);
        Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    private static async Task<Outcome<UndoPreview>> RemoveAsync(BatchUndo undo, string fingerprint)
    {
        await using var held = await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true);
        return await undo.RemoveAsync(fingerprint, _ => { }, CancellationToken.None);
    }

    private static async Task<MigrationPlan> PlanAsync(ChatWorld world, string[] rooms, IReadOnlyList<LedgerRow> written)
    {
        var legacy = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        var target = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        var nodes = written.Where(x => x.Table == "tblNode").Select(x => x.Key).ToHashSet(StringComparer.Ordinal);
        var ours = target.Nodes.Where(x => nodes.Contains($"{x.NodeId}")).Select(x => x.Guid).ToHashSet();
        return Planner.Plan(new PlanRequest(legacy, target, rooms.Select(Guid.Parse).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), ours)).Plan;
    }
}
