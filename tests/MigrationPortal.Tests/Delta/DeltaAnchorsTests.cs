using MigrationPortal.Comments;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Delta;

public sealed class DeltaAnchorsTests
{
    private const string Description = "deltaLine:Description::General", Member = "deltaLine:Member::General · Ann Ärmel";

    private static readonly Caller _approver = new("approver", "Approver", new HashSet<Role> { Role.Approver });

    [Fact]
    public async Task Thread_AboutAnItemThatTheNextRequestDoesNotHave_SaysSo_AndTheOtherThatThePlanWasAnother()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("insert into tblPrincipalRole values (10, 2, 1, 1, null, null); update tblNode set nodeDesc = 'All of it' where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");
        foreach (var about in new[] { Description, Member })
            await AskAsync(world, batch, about);
        Assert.Equal([(Description, false, false), (Member, false, false)], await ThreadsAsync(world, batch));

        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set nodeDesc = 'About General' where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");

        Assert.Equal([(Description, true, true), (Member, false, true)], await ThreadsAsync(world, batch));
    }

    [Fact]
    public async Task Thread_AboutAPreviewAfterARequestWasSentBack_IsAboutTheNextRequest()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("insert into tblPrincipalRole values (10, 2, 1, 1, null, null); update tblNode set nodeDesc = 'All of it' where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");
        await AskAsync(world, batch, Member);
        await approver.PostAsync($"batches/{batch}/send-back", new { reason = "Another description" });

        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set nodeDesc = 'Most of it' where nodeID = 10");
        await AskAsync(world, batch, Description);
        await op.PostAsync($"batches/{batch}/delta");

        Assert.Equal([(Member, false, true), (Description, false, false)], await ThreadsAsync(world, batch));
    }

    private static async Task AskAsync(RunWorld world, long batch, string about) =>
        ChatWorld.Done(await world.Portal.Get<OpenThreadHandler>().HandleAsync(new OpenThread(batch, ChatWorld.Done(Anchor.Read(about)), "Why?"), _approver, CancellationToken.None));

    private static async Task<IEnumerable<(string About, bool IsGone, bool IsOutdated)>> ThreadsAsync(RunWorld world, long batch) =>
        (await world.Portal.Get<ThreadQueries>().ListAsync(batch, _approver, new(0, 50), CancellationToken.None))!.Items
            .OrderBy(x => x.Thread.Id).Select(x => (x.Thread.Anchor.ToString(), x.IsGone, x.IsOutdated));
}
