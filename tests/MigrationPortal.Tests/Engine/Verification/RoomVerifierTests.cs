using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Verification;

public sealed class RoomVerifierTests
{
    private const int Messages = 100_000;

    [Fact]
    public async Task Verify_DamagedAmongHundredThousand_NamesEachMessage()
    {
        await using var world = await ChatWorld.CreateAsync();
        await world.LegacyDatabase.ExecuteAsync($"""
            insert into tblChat select 10, i, 635000000000000000 + i, 2 + i % 6, false, 'more ' || i from generate_series(301, {Messages}) i where i <> 70000;
            update tblLastChatId set lastChatID = {Messages} where nodeID = 10;
            """);
        var (room, plan, ids, node) = await CopyAsync(world, ChatWorld.General);
        Assert.Equal(Messages - 1, ChatWorld.Done(await ProveAsync(world, room, plan, ids)).New.Count);

        await world.NewDatabase.ExecuteAsync($"""
            delete from tblChat where channelId = {node} and chatId = 12345;
            update tblChat set content = content || ' ' where channelId = {node} and chatId = 23456;
            update tblChat set userId = 1, chatDate = chatDate + 1 where channelId = {node} and chatId = 34567;
            update tblChat set isAlert = not isAlert where channelId = {node} and chatId = 99999;
            insert into tblChat select channelId, 70000, chatDate, userId, isAlert, content, null from tblChat where channelId = {node} and chatId = 69999;
            """);
        var proof = ChatWorld.Done(await ProveAsync(world, room, plan, ids));
        Assert.Equal(Grade.Poor, proof.Grade);
        Assert.Equal(
            [
                new MessageMismatch(12345, MismatchKind.Missing, ""), new MessageMismatch(23456, MismatchKind.Altered, "content"),
                new MessageMismatch(34567, MismatchKind.Altered, "date, author"), new MessageMismatch(70000, MismatchKind.Extra, ""),
                new MessageMismatch(99999, MismatchKind.Altered, "alert"),
            ], proof.Mismatches);
        Assert.Equal(5, proof.MismatchCount);
        Assert.False(proof.Rules.Single(x => x.Name == "Digest").Holds);
    }

    [Theory, OnPostgreSql, OnTranslated]
    public async Task Verify_RoomOfSeveralPages_HoldsNoSnapshotBetweenTwoPages(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var (room, plan, ids, _) = await CopyAsync(world, ChatWorld.General);
        var pauses = 0;
        var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, null, Window, CancellationToken.None));

        Assert.Equal(300, proof.EqualCount);
        Assert.Equal(8, pauses);

        // The verification stands still meanwhile: what it holds, it holds for good; a server may need a moment to end what it was told to.
        int Window(ChatDatabase database)
        {
            var asked = database.IsLegacy ? world.LegacyDatabase : world.NewDatabase;
            Eventually.IsAsync(asked.CountTransactionsAsync, x => x == 0).GetAwaiter().GetResult();
            pauses++;
            return 100;
        }
    }

    [Fact]
    public async Task Verify_MessagesPostedInTheLegacyRoomMeanwhile_AreNotMissing()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var (room, plan, ids, _) = await CopyAsync(world, ChatWorld.General);
        var isPosted = false;
        var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, null, Window, CancellationToken.None));

        Assert.True(isPosted);
        Assert.Equal((300L, 0L), (proof.EqualCount, proof.MismatchCount));

        int Window(ChatDatabase database)
        {
            if (!isPosted)
                world.LegacyDatabase.ExecuteAsync($"insert into tblChat select channelId, 100000, chatDate, userId, isAlert, content from tblChat where channelId = {room.LegacyNodeId} order by chatId limit 1").GetAwaiter().GetResult();
            isPosted = true;
            return 100;
        }
    }

    [Fact]
    public async Task Verify_PostsSinceInTheNewRoom_AreNotExtra()
    {
        await using var world = await ChatWorld.CreateAsync();
        var (room, plan, ids, node) = await CopyAsync(world, ChatWorld.Secret);
        await world.NewDatabase.ExecuteAsync($"""
            insert into tblChat values ({node}, 76, 1, 41, false, 'new', null), ({node}, 77, 1, 41, false, 'new', null);
            update tblLastChatId set lastChatID = 77 where nodeID = {node};
            """);
        var proof = ChatWorld.Done(await ProveAsync(world, room, plan, ids));
        Assert.Equal((0L, 2L, 10L), (proof.MismatchCount, proof.SinceCount, proof.New.Count));
        Assert.True(proof.Grade <= Grade.Good);
    }

    [Theory]
    [InlineData("update tblNode set nodeName = 'Other' where nodeID = {0}", "Name")]
    [InlineData("update tblNode set visibility = 6 where nodeID = {0}", "Privacy")]
    [InlineData("update tblNode set logged = true where nodeID = {0}", "History")]
    [InlineData("delete from tblPrincipalRole where prinRoleNodeID = {0} and prinRoleTypeID = 4", "Member")]
    [InlineData("insert into tblPrincipalRole values ({0}, 41, 3, 1)", "Manager")]
    [InlineData("insert into tblScopePrincipal select parentID, 41, true, 1 from tblNode where nodeID = {0}", "DeniedMember")]
    [InlineData("insert into tblLastChatId values ({0}, 9)", "LastChatId")]
    [InlineData("update tblLastChatId set lastChatID = 299 where nodeID = {0}", "LastChatId")]
    public async Task Verify_ChangedSettingOrRight_IsToInvestigate(string change, string property)
    {
        await using var world = await ChatWorld.CreateAsync();
        var (room, plan, ids, node) = await CopyAsync(world, ChatWorld.General);
        await world.NewDatabase.ExecuteAsync(string.Format(null, change, node));
        var proof = ChatWorld.Done(await ProveAsync(world, room, plan, ids));
        Assert.Equal(Grade.Investigate, proof.Grade);
        Assert.Contains(proof.Settings, x => x.Property == property && x.ByRule is null);
    }

    [Fact]
    public async Task Verify_PrefixedName_IsPerfectAsPlanned()
    {
        await using var world = await ChatWorld.CreateAsync();
        var (room, plan, ids, _) = await CopyAsync(world, ChatWorld.Deep);
        var proof = ChatWorld.Done(await ProveAsync(world, room, plan, ids));
        Assert.Equal(Grade.Perfect, proof.Grade);
        Assert.Contains(proof.Settings, x => x is { Property: "Name", Planned: "Deep ", ByRule: "NamePrefixed" });
    }

    [Fact]
    public async Task Verify_CopyThatJoinedTwoAuthors_IsPoorWhateverItsMapSays()
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var (ann, dan) = (plan.Principals.Single(x => x.LegacyIds.Contains(2)), plan.Principals.Single(x => x.LegacyIds.Contains(6)));
        plan = plan with { Principals = [.. plan.Principals.Select(x => x == ann ? x with { LegacyIds = [2, 6] } : x == dan ? x with { LegacyIds = [] } : x)] };
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());
        var proof = ChatWorld.Done(await ProveAsync(world, plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General)), plan, ids));

        Assert.Equal(Grade.Poor, proof.Grade);
        Assert.False(proof.Rules.Single(x => x.Name == "Authors").Holds);
        Assert.Equal(0, proof.MismatchCount);
    }

    [Fact]
    public async Task Verify_RowsThatThePlanNamesAsOnePerson_AreOneAuthor()
    {
        await using var world = await ChatWorld.CreateAsync();
        var (room, plan, ids, _) = await CopyAsync(world, ChatWorld.General);
        var proof = ChatWorld.Done(await ProveAsync(world, room, plan, ids));

        Assert.Equal((6, 5), (proof.Legacy.AuthorCount, proof.New.AuthorCount));
        Assert.True(proof.Rules.Single(x => x.Name == "Authors").Holds);
    }

    private static Task<MigrationPortal.Engine.Outcome<RoomResult>> ProveAsync(ChatWorld world, PlannedRoom room, MigrationPlan plan, IdAllocation ids) =>
        RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None);

    private static async Task<(PlannedRoom Room, MigrationPlan Plan, IdAllocation Ids, int Node)> CopyAsync(ChatWorld world, string guid)
    {
        var plan = await world.PlanAsync();
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(guid));
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());
        return (room, plan, ids, ids.Nodes[room.Guid]);
    }

    [Theory]
    [InlineData("update tblEnumValue set attributeValue = ' Scope' where valueID = 3; update tblEnumValue set attributeValue = 'NORMAL ' where valueID = 4; update tblEnumAttribute set attributeName = 'behavior ' where attributeID = 2")]
    [InlineData("delete from tblEnumValue")]
    public async Task Verify_LookupWordsInOtherCaseOrNone_AreTheSameWords(string change)
    {
        await using var world = await ChatWorld.CreateAsync();
        foreach (var database in new[] { world.LegacyDatabase, world.NewDatabase })
        {
            await RandomDamage.DropReferencesAsync(database);
            await database.ExecuteAsync(change);
        }
        var plan = await world.PlanAsync();
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());
        foreach (var room in plan.Rooms)
        {
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
            Assert.DoesNotContain(proof.Settings, x => x.Property is "Type" or "Privacy" && x.ByRule is null);
            Assert.True(proof.Grade <= Grade.Good, room.Name);
        }
    }
}
