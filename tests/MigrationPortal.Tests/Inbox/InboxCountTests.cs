using Bunit;
using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Inbox;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

/// <summary>No figure is the length of a list that was cut.</summary>
public sealed class InboxCountTests
{
    [Fact]
    public async Task Count_OfMoreDraftsAndReviewsThanAListHolds_IsAllOfThem()
    {
        const int Drafts = 1_050;
        const int Reviews = 550;
        await using var world = await StartAsync();
        var draft = await world.CreateAsync(Petra, "Draft", "Desk");
        var review = await world.SubmittedAsync("Wave 1", "Swaps");
        await world.Database.ExecuteAsync($"""
            insert into portal.batches select (jsonb_populate_record(b, jsonb_build_object('id', 10000 + i, 'idempotency_key', null))).* from portal.batches b, generate_series(1, {Drafts}) i where b.id = {draft};
            insert into portal.batches select (jsonb_populate_record(b, jsonb_build_object('id', 20000 + i, 'idempotency_key', null))).* from portal.batches b, generate_series(1, {Reviews}) i where b.id = {review};
            insert into portal.reviews select (jsonb_populate_record(r, jsonb_build_object('id', 20000 + i, 'batch_id', 20000 + i))).* from portal.reviews r, generate_series(1, {Reviews}) i where r.batch_id = {review}
            """);

        Assert.Equal(Drafts + 1, (await world.Get<InboxQueries>().ListAsync(Pair, Petra, CancellationToken.None)).Count(x => x.Key.StartsWith("draft:", StringComparison.Ordinal)));
        Assert.Equal(Reviews + 1, await world.Get<InboxQueries>().CountAsync(Pair, Anna, CancellationToken.None));
    }

    [Fact]
    public async Task Threads_OlderThanAThousandOfOthers_AreStillTheirTurn()
    {
        const int More = 1_200;
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var anna = await world.Database.ScalarAsync<long>("select id from portal.people where name = 'anna'");
        var oldest = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, $"Is it safe, @[anna](person:{anna})?"), Marek, CancellationToken.None));
        var other = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Why now?"), Vera, CancellationToken.None));
        await world.Database.ExecuteAsync($"""
            insert into portal.threads select (jsonb_populate_record(t, jsonb_build_object('id', 10000 + i))).* from portal.threads t, generate_series(1, {More}) i where t.id = {other.ThreadId};
            insert into portal.comments select (jsonb_populate_record(c, jsonb_build_object('id', 10000 + i, 'thread_id', 10000 + i))).* from portal.comments c, generate_series(1, {More}) i where c.thread_id = {other.ThreadId}
            """);

        // The batch is Petra's, and others wrote last in each.
        Assert.Equal(More + 2, await ThreadsAsync(Petra));
        Assert.Equal(1, await ThreadsAsync(Anna));
        Assert.NotNull(await world.Get<InboxQueries>().FindAsync($"thread:{oldest.ThreadId}", Anna, CancellationToken.None));
        Assert.Equal(0, await ThreadsAsync(Marek));

        async Task<int> ThreadsAsync(Caller caller) =>
            (await world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None)).Count(x => x.Key.StartsWith("thread:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Policies_ChangedMoreOftenThanAPageShows_AreListedByPagesAndCountedAll()
    {
        const int More = 250;
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        await world.Database.ExecuteAsync($"""
            insert into portal.review_policies select (jsonb_populate_record(p, jsonb_build_object('version', 1 + i))).* from portal.review_policies p, generate_series(1, {More}) i where p.version = 1
            """);

        var page = await world.Get<PolicyQueries>().VersionsAsync(Pair, new Paging(240, 50), CancellationToken.None);
        await using var context = new PageContext(world.Services, Vera);
        var tab = context.At($"/administration?tab=approvals&pair={Pair}&skip=250").Render<PolicyTab>();

        Assert.Equal((More + 1L, 11, 1), (page.Total, page.Items.Count, page.Items[^1].Version));
        tab.WaitForState(() => tab.FindAll("tr[data-row]").Count == 1);
        Assert.Contains($"{More + 1} versions", tab.Markup, StringComparison.Ordinal);
        Assert.EndsWith("of 251", tab.Find("nav.pager .num").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_OfMoreThreadsThanThePageShows_AreCountedAll()
    {
        const int More = 250;
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Why now?"), Vera, CancellationToken.None));
        await world.Database.ExecuteAsync($"""
            insert into portal.threads select (jsonb_populate_record(t, jsonb_build_object('id', 10000 + i))).* from portal.threads t, generate_series(1, {More}) i where t.batch_id = {id}
            """);

        var view = await world.Get<BatchViewQueries>().FindAsync(id, Vera, computes: false, CancellationToken.None);

        Assert.Equal(More + 1, view!.Comments!.CountOpen("batch"));
    }

    [Fact]
    public async Task EmergencyStarts_OfABatchWithMany_AreListedByPages()
    {
        const int Many = 250;
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await world.Database.ExecuteAsync($"""
            insert into portal.break_glass (id, batch_id, pool_pair_id, review_id, fingerprint, asked_by, asked_at, reason, reference, state)
            select i, {id}, '{Pair}', 1, '', 'olga', now(), 'cannot wait', 'CHG1', 'Withdrawn' from generate_series(1, {Many}) i
            """);

        var page = await world.Get<BreakGlassQueries>().ListAsync(id, new Paging(240, 50), CancellationToken.None);

        Assert.Equal((Many, 10), (page.Total, page.Items.Count));
    }
}
