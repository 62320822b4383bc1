using MigrationPortal.Comments;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Delta;

public sealed class DeltaAnchorsTests
{
    private const string NewRight = "insert into tblPrincipalRole values (10, 2, 1, 1, null, null); update tblNode set nodeDesc = 'All of it' where nodeID = 10";

    private static readonly Caller _approver = new("approver", "Approver", new HashSet<Role> { Role.Approver });

    [Fact]
    public async Task Thread_AboutAnItemThatTheNextRequestDoesNotHave_SaysSo_AndTheOtherThatThePlanWasAnother()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(NewRight);
        var (description, member) = await AnchorsAsync(world);
        await op.PostAsync($"batches/{batch}/delta");
        foreach (var about in new[] { description, member })
            await AskAsync(world, batch, about);
        Assert.Equal([(description, false, false), (member, false, false)], await ThreadsAsync(world, batch));

        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set nodeDesc = 'About General' where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");

        Assert.Equal([(description, true, true), (member, false, true)], await ThreadsAsync(world, batch));
    }

    [Fact]
    public async Task Thread_AboutAPreviewAfterARequestWasSentBack_IsAboutTheNextRequest()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(NewRight);
        var (description, member) = await AnchorsAsync(world);
        await op.PostAsync($"batches/{batch}/delta");
        await AskAsync(world, batch, member);
        await approver.PostAsync($"batches/{batch}/send-back", new { reason = "Another description" });

        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set nodeDesc = 'Most of it' where nodeID = 10");
        await AskAsync(world, batch, description);
        await op.PostAsync($"batches/{batch}/delta");

        Assert.Equal([(member, false, true), (description, false, false)], await ThreadsAsync(world, batch));
    }

    [Fact]
    public async Task Thread_AboutOneOfTwoRoomsOfOneName_IsNotAboutTheOther()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        await world.Chat.LegacyDatabase.ExecuteAsync(NewRight);
        await op.PostAsync($"batches/{batch}/delta");
        var (_, member) = await AnchorsAsync(world);
        var other = member.Replace($"{await IdAsync(world, ChatWorld.General)}", $"{await IdAsync(world, ChatWorld.Hall)}", StringComparison.Ordinal);
        foreach (var about in new[] { member, other })
            await AskAsync(world, batch, about);

        Assert.Equal([(member, false, false), (other, true, false)], await ThreadsAsync(world, batch));
        var ofRoom = await world.Portal.Get<ThreadQueries>().ListAboutAsync("contoso", Anchor.Of(AnchorKind.Room, await IdAsync(world, ChatWorld.General)), _approver, new(0, 50), CancellationToken.None);
        Assert.Equal(member, Assert.Single(ofRoom.Items).View.Thread.Anchor.ToString());
    }

    [Fact]
    public async Task Thread_OrRequestOfAPortalThatKeptNoRooms_IsStillThere()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(NewRight);
        await op.PostAsync($"batches/{batch}/delta");
        var (description, member) = await AnchorsAsync(world);
        const string Earlier = "deltaLine:Member::General · Ann Ärmel", Gone = "deltaLine:Member::General · Bob";
        foreach (var about in new[] { description, member, Earlier, Gone })
            await AskAsync(world, batch, about);
        (string, bool, bool)[] expected = [(description, false, false), (member, false, false), (Earlier, false, false), (Gone, true, false)];
        Assert.Equal(expected, await ThreadsAsync(world, batch));

        await world.Portal.Database.ExecuteAsync("update portal.delta_lines set room_id = null");

        Assert.Equal(expected, await ThreadsAsync(world, batch));
    }

    [Fact]
    public async Task Thread_AboutARoomThatTheNextRequestNamesOtherwise_IsStillThere()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync(NewRight);
        await op.PostAsync($"batches/{batch}/delta");
        var room = await IdAsync(world, ChatWorld.General);
        var (description, member) = await AnchorsAsync(world);
        // With the room's name, as an earlier portal wrote them, and without.
        string[] about = [description, member, $"deltaLine:Description:{room}:", $"deltaLine:Member:{room}: · Ann Ärmel"];
        foreach (var line in about)
            await AskAsync(world, batch, line);

        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set nodeName = 'Foyer' where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");

        Assert.Equal(about.Select(x => (x, false, true)), await ThreadsAsync(world, batch));
    }

    private static async Task<(string Description, string Member)> AnchorsAsync(RunWorld world)
    {
        var room = await IdAsync(world, ChatWorld.General);
        return ($"deltaLine:Description:{room}:General", $"deltaLine:Member:{room}:General · Ann Ärmel");
    }

    private static Task<long> IdAsync(RunWorld world, string guid) => world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{guid}'");

    private static async Task AskAsync(RunWorld world, long batch, string about) =>
        ChatWorld.Done(await world.Portal.Get<OpenThreadHandler>().HandleAsync(new OpenThread(batch, ChatWorld.Done(Anchor.Read(about)), "Why?"), _approver, CancellationToken.None));

    private static async Task<IEnumerable<(string About, bool IsGone, bool IsOutdated)>> ThreadsAsync(RunWorld world, long batch) =>
        (await world.Portal.Get<ThreadQueries>().ListAsync(batch, _approver, new(0, 50), CancellationToken.None))!.Items
            .OrderBy(x => x.Thread.Id).Select(x => (x.Thread.Anchor.ToString(), x.IsGone, x.IsOutdated));
}
