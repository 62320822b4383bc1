using MigrationPortal.Engine;
using MigrationPortal.Inbox;
using MigrationPortal.Inbox.Marks;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

/// <summary>Who takes an item, and what somebody does not want to see for a while.</summary>
public sealed class InboxMarksTests
{
    [Fact]
    public async Task Claim_IsShownToAll_LocksNothing_AndTakenOverOnlyByName()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await ClaimAsync(world, id, Anna));

        Assert.Equal("anna", Assert.Single(await ListAsync(world, Marek)).Claim?.Person);
        Assert.True(Assert.Single(await ListAsync(world, Marek)).IsCounted);
        Assert.Contains("anna", Refused(await ClaimAsync(world, id, Marek), "claimed").Message, StringComparison.Ordinal);
        Refused(await ClaimAsync(world, id, Marek, from: "petra"), "claimed");
        Done(await ClaimAsync(world, id, Marek, from: "anna"));
        Done(await world.Get<ClaimItemHandler>().ReleaseAsync($"review:{id}", Anna, CancellationToken.None));
        Assert.Equal("marek", Assert.Single(await ListAsync(world, Anna)).Claim?.Person);

        Done(await world.ApproveAsync(id, Anna));
    }

    [Fact]
    public async Task Claim_ByTwoAtOnce_IsOnePersons()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var outcomes = await Task.WhenAll(ClaimAsync(world, id, Anna), ClaimAsync(world, id, Marek), ClaimAsync(world, id, Both));
        var winner = Assert.Single(outcomes, x => x.IsDone).Value!.Claim!.Person;
        Assert.Equal(winner, Assert.Single(await ListAsync(world, Anna)).Claim?.Person);
    }

    [Fact]
    public async Task Claim_AfterHalfAnHour_IsOverAndDeleted()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var claim = Done(await ClaimAsync(world, id, Anna)).Claim!;
        Assert.InRange(claim.Until - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        Assert.Equal(0, await world.Get<ExpireMarks>().ExpireAsync(CancellationToken.None));

        await world.Database.ExecuteAsync("update portal.claims set until = now() - interval '1 second'");
        world.Get<LiveFeed>().AnnounceEverything();
        Assert.Null(Assert.Single(await ListAsync(world, Marek)).Claim);
        Done(await ClaimAsync(world, id, Marek));
        await world.Database.ExecuteAsync("update portal.claims set until = now() - interval '1 second'");
        Assert.Equal(1, await world.Get<ExpireMarks>().ExpireAsync(CancellationToken.None));
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.claims"));
    }

    [Fact]
    public async Task Claim_OfOwnWorkOrOfNothing_IsRefused()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.SubmitAsync(id, Both));
        Refused(await ClaimAsync(world, id, Both), "inbox-item-others");
        Refused(await ClaimAsync(world, id, Vera), "inbox-item-not-found");
        Refused(await ClaimAsync(world, id + 1, Anna), "inbox-item-not-found");
    }

    [Fact]
    public async Task Snooze_UntilATime_IsTheCallersAloneAndUncounted()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await SnoozeAsync(world, id, Anna, TimeProvider.System.GetUtcNow().AddHours(1)));

        var snoozed = Assert.Single(await ListAsync(world, Anna));
        Assert.NotNull(snoozed.Snooze);
        Assert.Equal((0, 1), (await CountAsync(world, Anna), await CountAsync(world, Marek)));

        await world.Database.ExecuteAsync("update portal.snoozes set until = now() - interval '1 second'");
        Assert.Equal(1, await world.Get<ExpireMarks>().ExpireAsync(CancellationToken.None));
        Assert.Equal(1, await CountAsync(world, Anna));
    }

    [Fact]
    public async Task Snooze_AnotherApproves_BringsItBack()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 3 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await SnoozeAsync(world, id, Anna, null));
        Assert.Equal(0, await CountAsync(world, Anna));
        await world.SubmittedAsync("Wave 2", "Repo");
        Assert.Equal(1, await CountAsync(world, Anna));

        Done(await world.ApproveAsync(id, Marek));
        Assert.Equal(2, await CountAsync(world, Anna));
    }

    [Fact]
    public async Task Snooze_ThenShownAgain_IsCountedAtOnce()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await SnoozeAsync(world, id, Anna, null));
        Done(await world.Get<SnoozeItemHandler>().EndAsync($"review:{id}", Anna, CancellationToken.None));
        Assert.Equal(1, await CountAsync(world, Anna));
    }

    [Fact]
    public async Task Snooze_OfWhatIsUrgentOrForTooLong_IsRefused()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var now = TimeProvider.System.GetUtcNow();
        Refused(await SnoozeAsync(world, id, Anna, now.AddDays(31)), "snooze-time");
        Refused(await SnoozeAsync(world, id, Anna, now.AddSeconds(-1)), "snooze-time");
        await world.Database.ExecuteAsync("update portal.scans set state = 'Failed', finished_at = now()");
        world.Get<LiveFeed>().AnnounceEverything();
        Refused(await world.Get<SnoozeItemHandler>().HandleAsync(new SnoozeItem($"scan:{Pair}"), PolicyWorld.Ada, CancellationToken.None), "snooze-urgent");
    }

    [Fact]
    public async Task Snooze_OfWhatBecameUrgentSince_DoesNotHideIt()
    {
        await using var world = await StartAsync();
        await world.Database.ExecuteAsync("update portal.scans set state = 'Failed', finished_at = now()");
        world.Get<LiveFeed>().AnnounceEverything();
        var mark = Assert.Single(await ListAsync(world, PolicyWorld.Ada)).Mark;
        await world.Database.ExecuteAsync($"insert into portal.snoozes (by, key, at, mark) values ('ada', 'scan:{Pair}', now(), '{mark}')");
        world.Get<LiveFeed>().AnnounceEverything();
        Assert.Null(Assert.Single(await ListAsync(world, PolicyWorld.Ada)).Snooze);
    }

    private static Task<Outcome<InboxLine>> ClaimAsync(BatchWorld world, long batch, Caller caller, string? from = null) =>
        world.Get<ClaimItemHandler>().HandleAsync(new ClaimItem($"review:{batch}", from), caller, CancellationToken.None);

    private static Task<Outcome<InboxLine>> SnoozeAsync(BatchWorld world, long batch, Caller caller, DateTimeOffset? until) =>
        world.Get<SnoozeItemHandler>().HandleAsync(new SnoozeItem($"review:{batch}", until), caller, CancellationToken.None);

    private static Task<IReadOnlyList<InboxLine>> ListAsync(BatchWorld world, Caller caller) => world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None);

    private static Task<int> CountAsync(BatchWorld world, Caller caller) => world.Get<InboxQueries>().CountAsync(Pair, caller, CancellationToken.None);
}
