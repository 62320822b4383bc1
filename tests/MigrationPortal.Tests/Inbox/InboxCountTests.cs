using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Inbox;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Tests.Batches;
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
