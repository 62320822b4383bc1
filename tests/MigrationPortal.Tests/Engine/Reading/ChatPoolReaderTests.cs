using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Tests.Engine.Reading;

public sealed class ChatPoolReaderTests
{
    [Fact]
    public async Task Read_Legacy_SumsMessagesAndKeepsWhatIsThere()
    {
        await using var world = await ChatWorld.CreateAsync();
        var pool = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        Assert.Equal(9, pool.Nodes.Count);
        Assert.Equal(7, pool.Principals.Count);
        Assert.Equal(1, pool.StrayMessageCount);
        var general = pool.Messages.Single(x => x.NodeId == 10);
        Assert.Equal((300L, 1L, 300L, 300L, 1), (general.Count, general.FirstChatId, general.LastMessageId, general.LastChatId, general.CounterRows));
        Assert.Equal([2, 3, 4, 5, 6, 7], general.Authors);
        var purged = pool.Messages.Single(x => x.NodeId == 15);
        Assert.Equal((0L, null, 50L), (purged.Count, purged.LastMessageId, purged.LastChatId));
        var deep = pool.Nodes.Single(x => x.NodeId == 11);
        Assert.Equal(("Deep ", null, false), (deep.Name, deep.Visibility, deep.Invite));
        Assert.Equal("auditorium", pool.Nodes.Single(x => x.NodeId == 12).Behavior);
        Assert.Equal(PrincipalType.FederatedUser, pool.Principals.Single(x => x.PrincipalId == 5).Type);
        // The row's own flag is NULL, its role type's is true for Member and false for Manager.
        Assert.True(pool.Roles.Single(x => x is { NodeId: 10, Type: RoleType.Member }).HonorsOverride);
        Assert.False(pool.Roles.Single(x => x is { NodeId: 1, Type: RoleType.Manager }).HonorsOverride);
    }

    [Fact]
    public async Task Read_OlderLegacyWithoutOptionalColumns_ReadsThemAsAbsent()
    {
        await using var world = await ChatWorld.CreateAsync();
        await world.LegacyDatabase.ExecuteAsync("""
            alter table tblNode drop column scopeDefinerId, drop column roleDefinerId, drop column topic, drop column siopID;
            alter table tblPrincipalRole drop column honorsScope; alter table tblRoleType drop column honorsScope;
            drop table tblPrincipalAffiliations;
            """);
        var pool = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy with { Product = ChatProduct.OcsGroupChat2007R2 }, null, CancellationToken.None));
        Assert.All(pool.Nodes, x => Assert.Null(x.ScopeDefinerId));
        Assert.All(pool.Roles, x => Assert.Null(x.HonorsScope));
        Assert.Empty(pool.Affiliations);
    }

    [Fact]
    public async Task CountUpTo_PerRoom_LeavesLaterOnesOut()
    {
        await using var world = await ChatWorld.CreateAsync();
        var counts = ChatWorld.Done(await ChatPoolReader.CountUpToAsync(
            world.New, new Dictionary<int, long> { [21] = 20, [777] = 5 }, CancellationToken.None));
        Assert.Equal(20, counts[21]);
        Assert.Equal(0, counts[777]);
    }

    [Fact]
    public async Task ReadTranscript_FromAChatId_TakesThatManyWithAuthors()
    {
        await using var world = await ChatWorld.CreateAsync();
        var messages = ChatWorld.Done(await MessageReader.ReadTranscriptAsync(world.Legacy, 10, 296, 3, CancellationToken.None));
        Assert.Equal([296L, 297, 298], messages.Select(x => x.ChatId));
        Assert.Equal("Fred", messages[1].AuthorName);
    }

    [Fact]
    public async Task CountByMonth_LastTickOfAMonth_CountsThere()
    {
        await using var world = await ChatWorld.CreateAsync();
        var edge = new DateTime(2012, 2, 29, 0, 0, 0, DateTimeKind.Utc).Ticks + TimeSpan.TicksPerDay - 1;
        await world.LegacyDatabase.ExecuteAsync($"insert into tblChat values (14, 1, {edge}, 2, false, ''), (14, 2, {edge + 1}, 2, false, '')");
        var months = ChatWorld.Done(await MessageReader.CountByMonthAsync(world.Legacy, 14, CancellationToken.None));
        Assert.Equal([new MonthCount(new DateOnly(2012, 2, 1), 1), new MonthCount(new DateOnly(2012, 3, 1), 1)], months);
    }
}
