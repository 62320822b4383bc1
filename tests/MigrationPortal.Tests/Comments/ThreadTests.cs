using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Comments;

public sealed class ThreadTests
{
    private static readonly Caller _audrey = new("audrey", "audrey", new HashSet<Role> { Role.Auditor });

    [Fact]
    public async Task Edit_ByItsAuthor_KeepsWhatItWasForAuthorAndAuditor()
    {
        await using var world = await StartAsync();
        var comment = await AskAsync(world, await world.CreateAsync(Petra, "Wave 1", "Desk"), Vera, "Why now?");
        var edit = world.Get<EditCommentHandler>();
        Refused(await edit.HandleAsync(new EditComment(comment.Id, "mine"), Petra, CancellationToken.None), "not-allowed");
        Assert.Equal("Why today?", Done(await edit.HandleAsync(new EditComment(comment.Id, "Why today?"), Vera, CancellationToken.None)).Text);

        var queries = world.Get<CommentQueries>();
        Refused(await queries.VersionsAsync(comment.Id, Petra, new(0, 50), CancellationToken.None), "not-allowed");
        Assert.Equal(["Why now?"], Done(await queries.VersionsAsync(comment.Id, _audrey, new(0, 50), CancellationToken.None)).Items.Select(x => x.Text));
        Assert.Equal(["Why now?"], Done(await queries.VersionsAsync(comment.Id, Vera, new(0, 50), CancellationToken.None)).Items.Select(x => x.Text));
    }

    [Fact]
    public async Task Delete_FreshAndUnanswered_IsGone_Answered_LeavesAnEmptyPlace()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var gone = await AskAsync(world, id, Vera, "Never mind");
        var answered = await AskAsync(world, id, Vera, "The password is hunter2");
        Done(await world.Get<ReplyToThreadHandler>().HandleAsync(new ReplyToThread(answered.ThreadId, "Really?"), Petra, CancellationToken.None));
        foreach (var comment in new[] { gone, answered })
            Done(await world.Get<DeleteCommentHandler>().HandleAsync(comment.Id, Vera, CancellationToken.None));

        var thread = Assert.Single(await ListAsync(world, id, Petra));
        Assert.Equal(["", "Really?"], thread.Comments.Select(x => x.Text));
        Assert.NotNull(thread.Comments[0].DeletedAt);
        // Scripts list what was said; what was deleted is not said any more.
        Assert.Equal(["Really?"], (await world.Get<CommentQueries>().ListAsync(id, new(0, 50), CancellationToken.None)).Items.Select(x => x.Text));
        Assert.Equal(["The password is hunter2"], Done(await world.Get<CommentQueries>().VersionsAsync(answered.Id, _audrey, new(0, 50), CancellationToken.None)).Items.Select(x => x.Text));
    }

    [Fact]
    public async Task Delete_AfterAQuarterOfAnHour_LeavesAnEmptyPlace()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var comment = await AskAsync(world, id, Vera, "Never mind");
        await world.Database.ExecuteAsync("update portal.comments set at = at - interval '16 minutes'");
        Done(await world.Get<DeleteCommentHandler>().HandleAsync(comment.Id, Vera, CancellationToken.None));
        Assert.NotNull(Assert.Single((await ListAsync(world, id, Petra))[0].Comments).DeletedAt);
    }

    [Fact]
    public async Task Redact_ByAdministrator_ErasesEveryVersionAndIsAudited()
    {
        await using var world = await StartAsync();
        var comment = await AskAsync(world, await world.CreateAsync(Petra, "Wave 1", "Desk"), Vera, "hunter2 one");
        Done(await world.Get<EditCommentHandler>().HandleAsync(new EditComment(comment.Id, "hunter2 two"), Vera, CancellationToken.None));
        var redact = world.Get<RedactCommentHandler>();
        Refused(await redact.HandleAsync(new RedactComment(comment.Id, "a password"), Petra, CancellationToken.None), "not-allowed");
        var elsewhere = Caller.Of("eve", "Eve", [new MigrationPortal.Access.Grant(Role.Administrator, "elsewhere")]);
        Refused(await redact.HandleAsync(new RedactComment(comment.Id, "a password"), elsewhere, CancellationToken.None), "out-of-scope");
        Refused(await redact.HandleAsync(new RedactComment(comment.Id, " "), PolicyWorld.Ada, CancellationToken.None), "reason-required");
        Done(await redact.HandleAsync(new RedactComment(comment.Id, "a password"), PolicyWorld.Ada, CancellationToken.None));
        Assert.Equal(0, await world.Database.ScalarAsync<int>(
            "select (select count(*) from portal.comments where text like '%hunter2%') + (select count(*) from portal.comment_versions where text like '%hunter2%')"));
        Assert.Equal(1, await world.AuditsAsync("CommentRedacted"));
    }

    [Fact]
    public async Task Resolve_ByWhoBeganItOrOwnsTheBatchOrDecides_OthersAreRefused()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var settle = world.Get<SettleThreadHandler>();
        var operators = new Caller("olga", "olga", new HashSet<Role> { Role.Operator });
        var thread = (await AskAsync(world, id, Vera, "Why now?")).ThreadId;
        Refused(await settle.HandleAsync(new SettleThread(thread, IsResolved: true), operators, CancellationToken.None), "not-allowed");
        foreach (var person in new[] { Vera, Petra, Anna })
        {
            Done(await settle.HandleAsync(new SettleThread(thread, IsResolved: true), person, CancellationToken.None));
            Refused(await settle.HandleAsync(new SettleThread(thread, IsResolved: true), person, CancellationToken.None), "thread-settled");
            Done(await settle.HandleAsync(new SettleThread(thread, IsResolved: false), person, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Thread_AboutAMessage_IsThereForWhoMayReadMessagesAlone()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var about = new Anchor(AnchorKind.Message, $"{await world.RoomAsync("Desk")}:7");
        var open = world.Get<OpenThreadHandler>();
        Refused(await open.HandleAsync(new OpenThread(id, about, "Look"), Petra, CancellationToken.None), "not-allowed");
        var kept = Done(await open.HandleAsync(new OpenThread(id, about, "Look"), Anna, CancellationToken.None));
        Assert.Empty(await ListAsync(world, id, Petra));
        Assert.Single(await ListAsync(world, id, Anna));
        Assert.Empty((await world.Get<CommentQueries>().ListAsync(id, new(0, 50), CancellationToken.None)).Items);
        Refused(await world.Get<ReplyToThreadHandler>().HandleAsync(new ReplyToThread(kept.ThreadId, "What?"), Petra, CancellationToken.None), "not-allowed");
        var bounded = Anna with { Grants = [new Grant(Role.Approver, Pair, "Elsewhere")] };
        Assert.Empty(await ListAsync(world, id, bounded));
        // Nor what it was before: for its author as little as for an auditor of another place.
        Done(await world.Get<EditCommentHandler>().HandleAsync(new EditComment(kept.Id, "Look again"), Anna, CancellationToken.None));
        var versions = world.Get<CommentQueries>();
        Assert.Single(Done(await versions.VersionsAsync(kept.Id, _audrey, new(0, 50), CancellationToken.None)).Items);
        foreach (var caller in new[] { bounded, _audrey with { Grants = [new Grant(Role.Auditor, Pair, "Elsewhere")] }, _audrey with { Grants = [new Grant(Role.Auditor, "fabrikam")] } })
            Refused(await versions.VersionsAsync(kept.Id, caller, new(0, 50), CancellationToken.None), "out-of-scope");

        // Nobody is told of a place that they may not read.
        var petra = await PersonAsync(world, Petra);
        Refused(await open.HandleAsync(new OpenThread(id, about, $"@[petra](person:{petra})"), Anna, CancellationToken.None), "mention-out-of-reach");
        Assert.DoesNotContain("petra", Names(await MentionedAsync(world, $"batch:{id}/{about}", Anna)));
        Assert.Contains("petra", Names(await MentionedAsync(world, $"batch:{id}", Anna)));
        Done(await open.HandleAsync(new OpenThread(id, Anchor.Batch, $"@[petra](person:{petra})"), Anna, CancellationToken.None));
    }

    [Fact]
    public async Task Thread_WhoseRoomLeftAndWhosePlanChanged_SaysSo()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        await world.Get<MigrationPortal.Batches.Planning.PlanBatchHandler>().HandleAsync(new(id), CancellationToken.None);
        var (desk, swaps) = (await world.RoomAsync("Desk"), await world.RoomAsync("Swaps"));
        var open = world.Get<OpenThreadHandler>();
        foreach (var room in new[] { desk, swaps })
            Done(await open.HandleAsync(new OpenThread(id, Anchor.Of(AnchorKind.Room, room), "Ours?"), Vera, CancellationToken.None));
        Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [desk]), Petra, CancellationToken.None));
        await world.Get<MigrationPortal.Batches.Planning.PlanBatchHandler>().HandleAsync(new(id), CancellationToken.None);

        var threads = await ListAsync(world, id, Vera);
        Assert.Equal([(desk, true), (swaps, false)], threads.Select(x => (x.Thread.RoomId!.Value, x.IsGone)));
        Assert.All(threads, x => Assert.True(x.IsOutdated));
        Assert.Equal("Swaps", threads[1].RoomName);
        Refused(await open.HandleAsync(new OpenThread(id, Anchor.Of(AnchorKind.Room, desk), "Ours?"), Vera, CancellationToken.None), "anchor-not-in-batch");
    }

    [Fact]
    public async Task Threads_AboutWhatIsGone_AreOnTheFirstPage_HoweverLateTheyBegan()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        await AskAsync(world, id, Vera, "Why now?");
        await AskAsync(world, id, Vera, "Why these?");
        var desk = await world.RoomAsync("Desk");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Of(AnchorKind.Room, desk), "Ours?"), Vera, CancellationToken.None));
        Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [desk]), Petra, CancellationToken.None));

        var threads = world.Get<ThreadQueries>();
        var first = (await threads.ListAsync(id, Vera, new(0, 1), CancellationToken.None))!;
        var rest = (await threads.ListAsync(id, Vera, new(1, 50), CancellationToken.None))!;

        Assert.Equal((3L, true), (first.Total, Assert.Single(first.Items).IsGone));
        Assert.Equal(["Ours?", "Why now?", "Why these?"], first.Items.Concat(rest.Items).Select(x => x.Comments[0].Text));
    }

    [Fact]
    public async Task Must_UnderAPolicyThatBlocks_TakesTheApprovalBackAndResolvedGivesItAgain()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { OpenThreadsBlock = true });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        var thread = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Wait", Must: true), Vera, CancellationToken.None)).ThreadId;
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Assert.Equal(Standing.ThreadsOpen, Assert.Single((await world.StandingAsync(id, Vera)).Standing.Missing).Code);

        Done(await world.Get<SettleThreadHandler>().HandleAsync(new SettleThread(thread, IsResolved: true), Anna, CancellationToken.None));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        // One that nobody marked stops nothing.
        await AskAsync(world, id, Vera, "By the way");
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Delete_Draft_TakesItsThreadsAlong()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var comment = await AskAsync(world, id, Vera, "Why now?");
        Done(await world.Get<EditCommentHandler>().HandleAsync(new EditComment(comment.Id, "Why?"), Vera, CancellationToken.None));
        Done(await world.Get<DeleteBatchHandler>().HandleAsync(new DeleteBatch(id), Petra, CancellationToken.None));
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.threads"));
    }

    [Theory]
    [InlineData("batch", AnchorKind.Batch, "")]
    [InlineData("finding:P05:12", AnchorKind.Finding, "P05:12")]
    [InlineData("planLine:Member:12:Kim: the first", AnchorKind.PlanLine, "Member:12:Kim: the first")]
    [InlineData("message:12:9007199254740993", AnchorKind.Message, "12:9007199254740993")]
    public void Anchor_AsWritten_IsReadAndWrittenAgain(string text, AnchorKind kind, string key)
    {
        Assert.Equal(new Anchor(kind, key), Anchor.Read(text).Value);
        Assert.Equal(text, new Anchor(kind, key).ToString());
    }

    [Theory]
    [InlineData("room:")]
    [InlineData("room:x")]
    [InlineData("message:12")]
    [InlineData("planLine:Member")]
    [InlineData("nowhere:1")]
    public void Anchor_Misspelled_IsRefused(string text) => Assert.Equal("anchor-invalid", Anchor.Read(text).Refusal?.Code);

    private static async Task<Comment> AskAsync(BatchWorld world, long batch, Caller caller, string text) =>
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(batch, Anchor.Batch, text), caller, CancellationToken.None));

    private static async Task<IReadOnlyList<ThreadView>> ListAsync(BatchWorld world, long batch, Caller caller) =>
        (await world.Get<ThreadQueries>().ListAsync(batch, caller, new(0, 50), CancellationToken.None))!.Items;

    private static async Task<long> PersonAsync(BatchWorld world, Caller caller)
    {
        await using var db = world.Database.OpenPortal();
        var person = Known(caller);
        db.Add(person);
        await db.SaveChangesAsync();
        return person.Id;
    }

    private static async Task<IReadOnlyList<MigrationPortal.SignIn.People.MentionedPerson>> MentionedAsync(BatchWorld world, string place, Caller caller) =>
        Done(await world.Get<MigrationPortal.SignIn.People.IMentionPlaces>().FindAsync(place, "", caller, CancellationToken.None));

    private static IEnumerable<string> Names(IEnumerable<MigrationPortal.SignIn.People.MentionedPerson> people) => people.Select(x => x.Name);
}
