using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Freezes;
using MigrationPortal.Live;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

public sealed class OutboxTests(ITestOutputHelper output)
{
    private static readonly Caller _olga = new("olga", "olga", new HashSet<Role> { Role.Operator });
    private static readonly Caller _aron = new("aron", "aron", new HashSet<Role> { Role.Auditor });
    private static readonly Caller _ida = new("ida", "ida", new HashSet<Role> { Role.Administrator });

    [Fact]
    public async Task Submitted_WhoMayApproveIsTold_WhoSubmittedIsNot()
    {
        await using var world = await StartAsync();
        await KnowAsync(world, Petra, Vera, _olga);
        await world.SubmittedAsync("Wave 1", "Desk");
        await HandOutAsync(world);
        foreach (var approver in new[] { Anna, Marek, Both })
            Assert.Equal(["ReviewOpened"], await KindsAsync(world, approver));
        foreach (var other in new[] { Petra, Vera, _olga })
            Assert.Empty(await KindsAsync(world, other));
    }

    [Fact]
    public async Task Approved_AuthorAndOperatorsAreTold_WhoApprovedIsNot()
    {
        await using var world = await StartAsync();
        await KnowAsync(world, Petra, Vera, _olga);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.WithdrawAsync(id, Anna));
        await HandOutAsync(world);
        Assert.Equal(["Approved", "ApprovalLost"], await KindsAsync(world, Petra));
        Assert.Equal(["Approved"], await KindsAsync(world, _olga));
        // The review was decided before it was told of, and is open again: it concerns her still.
        Assert.DoesNotContain("Approved", await KindsAsync(world, Anna));
        Assert.Empty(await KindsAsync(world, Vera));
    }

    [Fact]
    public async Task ApprovalLost_ByAnEdit_IsToldWithWhoseItWasAndWhoEditedInTheOneSentenceOfAMail()
    {
        await using var world = await StartAsync();
        await KnowAsync(world, Petra);
        await PersonAsync(world, Anna);
        await world.Database.ExecuteAsync("update portal.people set display_name = 'Anna Approver' where name = 'anna'");
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.Get<AddRoomsHandler>().HandleAsync(new AddRooms(id, [await world.RoomAsync("Repo")]), Paul, CancellationToken.None));

        await using var db = world.Database.OpenPortal();
        var lost = await db.Set<NoticeEvent>().SingleAsync(x => x.Kind == ReviewNotices.ApprovalLost);
        Assert.Equal(("paul changed the batch; the approval of Anna Approver no longer counts", null), (lost.Sentence.In(System.Globalization.CultureInfo.InvariantCulture), lost.Detail));
    }

    [Fact]
    public async Task Submitted_DecidedBeforeAnybodyWasTold_TellsNobodyToDecide()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await HandOutAsync(world);
        Assert.DoesNotContain("ReviewOpened", await KindsAsync(world, Marek));
    }

    [Fact]
    public async Task Comment_MentionAndReply_TellEachPersonOnce()
    {
        await using var world = await StartAsync();
        await KnowAsync(world, Petra, Vera);
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var first = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Why now?"), Vera, CancellationToken.None));
        var anna = await PersonAsync(world, Anna);
        var vera = await PersonAsync(world, Vera);
        Done(await world.Get<ReplyToThreadHandler>().HandleAsync(new ReplyToThread(first.ThreadId, $"Ask @[anna](person:{anna}), @[vera](person:{vera})"), Petra, CancellationToken.None));
        await HandOutAsync(world);
        Assert.Equal(["Mentioned"], await KindsAsync(world, Anna));
        Assert.Equal(["Mentioned"], await KindsAsync(world, Vera));
        Assert.Empty(await KindsAsync(world, Petra));
    }

    [Fact]
    public async Task Comment_DeletedBeforeItWasTold_TellsNobody()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var comment = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, $"@[anna](person:{await PersonAsync(world, Anna)})"), Vera, CancellationToken.None));
        Done(await world.Get<DeleteCommentHandler>().HandleAsync(comment.Id, Vera, CancellationToken.None));
        await HandOutAsync(world);
        Assert.Empty(await KindsAsync(world, Anna));
    }

    [Fact]
    public async Task PolicyAndFreeze_Changed_AreToldToEachRoleThatTheyConcern()
    {
        await using var world = await StartAsync();
        await KnowAsync(world, Petra, Vera, _olga, _aron, _ida);
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        Done(await world.Get<SetFreezeHandler>().HandleAsync(new SetFreeze(Pair, IsFrozen: true, "Disks are being replaced"), PolicyWorld.Ada, world.Get<FreezeQueries>(), CancellationToken.None));
        await HandOutAsync(world);
        foreach (var told in new[] { Petra, Anna, _olga, _aron, _ida })
            Assert.Equal(["PolicyChanged", "FreezeChanged"], await KindsAsync(world, told));
        Assert.Empty(await KindsAsync(world, Vera));
    }

    [Fact]
    public async Task Renamed_AfterAnApproval_WhoApprovedAndTheAuthorAreToldOnce_WhoRenamedItIsNot()
    {
        await using var world = await StartAsync();
        await KnowAsync(world, Petra, Paul);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(id, "Wave one"), Paul, CancellationToken.None));
        // A draft concerns nobody yet.
        var draft = await world.CreateAsync(Petra, "Draft", "Repo");
        Done(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(draft, "Later"), Paul, CancellationToken.None));
        await HandOutAsync(world);

        foreach (var told in new[] { Anna, Petra })
            Assert.Single(await KindsAsync(world, told), x => x == ReviewNotices.Renamed);
        foreach (var other in new[] { Paul, Marek })
            Assert.DoesNotContain(ReviewNotices.Renamed, await KindsAsync(world, other));
        await using var db = world.Database.OpenPortal();
        var happened = await db.Set<NoticeEvent>().SingleAsync(x => x.Kind == ReviewNotices.Renamed);
        Assert.Equal(
            ("Wave 1", "paul renamed the batch to “Wave one”; approvals still count"), (happened.Title, happened.Sentence.In(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Due_ReviewOfYesterdayAndApprovalThatEnds_AreToldOnce()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { ExpiresAfterHours = 24 });
        await world.SubmittedAsync("Wave 1", "Desk");
        await world.Database.ExecuteAsync("update portal.reviews set submitted_at = submitted_at - interval '25 hours'");
        var other = await world.SubmittedAsync("Wave 2", "Repo");
        Done(await world.ApproveAsync(other, Anna));
        Assert.Equal(2, await world.Get<DueNotices>().TellAsync(CancellationToken.None));
        Assert.Equal(0, await world.Get<DueNotices>().TellAsync(CancellationToken.None));
        await HandOutAsync(world);
        Assert.Contains("ReviewWaiting", await KindsAsync(world, Marek));
        Assert.Contains("ApprovalExpiring", await KindsAsync(world, Anna));
    }

    [Fact]
    public async Task Read_OwnAlone_UpToTheNewestSeen()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("Wave 1", "Desk");
        await world.SubmittedAsync("Wave 2", "Repo");
        await HandOutAsync(world);
        var read = world.Get<ReadNotificationsHandler>();
        var (annas, mareks) = (await ListAsync(world, Anna), await ListAsync(world, Marek));
        Assert.Equal(2, Done(await read.HandleAsync(new ReadNotifications([mareks.Items[0].Id]), Anna, CancellationToken.None)));
        Assert.Equal(1, Done(await read.HandleAsync(new ReadNotifications(null, annas.Items[1].Id), Anna, CancellationToken.None)));
        Assert.Equal(0, Done(await read.HandleAsync(new ReadNotifications(null), Anna, CancellationToken.None)));
        Assert.Equal(2, (await ListAsync(world, Marek)).Unread);
    }

    [Fact]
    public async Task HandOut_TwoNodesKilledAtAnyStep_EachPersonHasEachEventOnce()
    {
        const int events = 1000;
        var seed = TestSeed.Draw(output);
        await using var world = await StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            db.AddRange(Enumerable.Range(0, events).Select(i => new NoticeEvent
            {
                Kind = ReviewNotices.PolicyChanged, Subject = $"pool-pair:{i}", By = "ada", At = TimeProvider.System.GetUtcNow(), Title = "Contoso", Sentence = Wording.OfText("x"), Url = "/",
            }));
            await db.SaveChangesAsync();
        }

        var kills = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(node => Task.Run(async () =>
        {
            var random = new Random(seed + node);
            while (true)
            {
                var databases = new KilledDatabases(world.Database, random.Next(1, 400));
                var handler = new HandOutEventsHandler(
                    databases, world.Get<NoticeAudiences>(), world.Get<PeopleRights>(), [], world.Get<LiveFeed>(), TimeProvider.System, NullLogger<HandOutEventsHandler>.Instance);
                try
                {
                    await handler.HandleAsync(CancellationToken.None);
                    return;
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref kills);
                }
            }
        })));
        output.WriteLine($"killed {kills} times");
        Assert.True(kills > 5);
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.events where sent_out_at is null or failure is not null"));
        // Anna, Marek, both and duo may approve.
        Assert.Equal(4 * events, await world.Database.ScalarAsync<int>("select count(*) from portal.notifications"));
        Assert.Equal(events, await world.Database.ScalarAsync<int>("select count(*) from (select event_id from portal.notifications group by event_id having count(*) = 4) x"));
    }

    [Fact]
    public async Task HandOut_OneThatCannotBe_KeepsNoOtherBack()
    {
        await using var world = await StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            db.AddRange(new[] { "broken", "fine" }.Select(x => new NoticeEvent
            {
                Kind = x, Subject = "x:1", By = "ada", At = TimeProvider.System.GetUtcNow(), Title = x, Sentence = Wording.OfText("x"), Url = "/",
            }));
            await db.SaveChangesAsync();
        }

        var audiences = new NoticeAudiences([new RoleAudience("fine", [Role.Approver]), new Broken()]);
        var handler = new HandOutEventsHandler(
            world.Get<IDbContextFactory<PortalDbContext>>(), audiences, world.Get<PeopleRights>(), [], world.Get<LiveFeed>(), TimeProvider.System, NullLogger<HandOutEventsHandler>.Instance);
        Assert.Equal(2, await handler.HandleAsync(CancellationToken.None));
        Assert.Equal("DivideByZeroException", await world.Database.ScalarAsync<string>("select failure from portal.events where kind = 'broken'"));
        Assert.Equal(4, await world.Database.ScalarAsync<int>("select count(*) from portal.notifications"));
    }

    internal static Task<int> HandOutAsync(BatchWorld world) => world.Get<HandOutEventsHandler>().HandleAsync(CancellationToken.None);

    private static async Task KnowAsync(BatchWorld world, params Caller[] people)
    {
        await using var db = world.Database.OpenPortal();
        db.AddRange(people.Select(Known));
        await db.SaveChangesAsync();
    }

    private static Task<BellView> ListAsync(BatchWorld world, Caller caller) => world.Get<NotificationQueries>().ListAsync(caller, onlyUnread: false, new(0, 50), CancellationToken.None);

    private static async Task<IEnumerable<string>> KindsAsync(BatchWorld world, Caller caller) => (await ListAsync(world, caller)).Items.Select(x => x.Kind).Reverse().ToList();

    private static async Task<long> PersonAsync(BatchWorld world, Caller caller)
    {
        await using var db = world.Database.OpenPortal();
        return await db.Set<Person>().Where(x => x.Name == caller.Name).Select(x => x.Id).SingleAsync();
    }

    private sealed class Broken : INoticeAudience
    {
        public bool Knows(string kind) => kind == "broken";

        public Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken) =>
            throw new DivideByZeroException();
    }
}
