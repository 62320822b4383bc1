using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>What one webhook may not do to others: hold them up, outlive its removal, or be taken from another pool pair.</summary>
public sealed class WebhookTroubleTests
{
    private static readonly string[] _opened = ["ReviewOpened"];

    [Fact]
    public async Task Receiver_ThatNeverAnswers_IsAskedOnceInAPass_AndKeepsNoOtherWaiting()
    {
        await using var world = await StartAsync();
        await using var silent = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        var node = new HookNode(world);
        foreach (var (name, receiver) in new[] { ("Silent", silent), ("Ops", other) })
            Done(await node.Save.HandleAsync(new SaveWebhook(null, name, receiver.Url, WebhookFormat.Json, _opened, null), PolicyWorld.Ada, CancellationToken.None));
        silent.IsSilent = true;
        foreach (var room in new[] { "Desk", "Repo", "Swaps" })
            await world.SubmittedAsync(room, room);
        await node.HandOutAsync();

        Assert.Equal(3, await node.SendAsync());
        Assert.Equal(3, other.Taken.Count());
        Assert.Single(silent.All);
        // The others were not tried, and are due as they were.
        Assert.Equal("1 09:00:10, 0 09:00:00, 0 09:00:00", await world.Database.ScalarAsync<string>(
            "select string_agg(attempts || ' ' || to_char(next_at at time zone 'UTC', 'HH24:MI:SS'), ', ' order by id) from portal.deliveries where channel = 'webhook:1' and state = 'Waiting' and lease_by is null"));

        silent.IsSilent = false;
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, await node.SendAsync());
        Assert.Equal(3, silent.Taken.Select(x => x.Id).Distinct().Count());
    }

    [Fact]
    public async Task Retry_OfAWebhookThatWasRemoved_IsRefused_AndNothingWaitsForIt()
    {
        await using var world = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        foreach (var name in new[] { "Gone", "Ops" })
            Done(await node.Save.HandleAsync(new SaveWebhook(null, name, receiver.Url, WebhookFormat.Json, _opened, null), PolicyWorld.Ada, CancellationToken.None));
        await world.SubmittedAsync("Wave 1", "Desk");
        await node.HandOutAsync();
        await world.Database.ExecuteAsync("update portal.deliveries set state = 'Dead'");
        Done(await node.Change.RemoveAsync(1, PolicyWorld.Ada, CancellationToken.None));

        Refused(await RetryAsync("webhook:1"), "delivery-webhook-gone");
        Done(await RetryAsync("webhook:2"));
        Assert.Equal("Dead Waiting", await StatesAsync());
        // As if it had been handed out in the moment in which the webhook was removed.
        await world.Database.ExecuteAsync("update portal.deliveries set state = 'Waiting' where channel = 'webhook:1'");
        Assert.Equal(1, await node.SendAsync());
        Assert.Equal("Superseded Sent", await StatesAsync());

        async Task<Outcome<bool>> RetryAsync(string channel) => await node.Retry.HandleAsync(
            await world.Database.ScalarAsync<long>($"select id from portal.deliveries where channel = '{channel}'"), PolicyWorld.Ada, CancellationToken.None);

        Task<string> StatesAsync() => world.Database.ScalarAsync<string>("select string_agg(state, ' ' order by channel) from portal.deliveries");
    }

    [Fact]
    public async Task Webhook_OfABoundedAdministrator_IsOfTheirOwnPairAlone()
    {
        await using var world = await StartAsync();
        var node = new HookNode(world);
        var bounded = Caller.Of("bo", "Bo", [new Grant(Role.Administrator, Pair)]);
        var elsewhere = Caller.Of("eve", "Eve", [new Grant(Role.Administrator, "fabrikam")]);
        var every = Done(await SaveAsync(null, "Every", null, PolicyWorld.Ada)).Webhook.Id;
        Refused(await SaveAsync(null, "Own", null, bounded), "out-of-scope");
        Refused(await SaveAsync(null, "Own", Pair, elsewhere), "out-of-scope");
        var own = Done(await SaveAsync(null, "Own", Pair, bounded)).Webhook.Id;

        // Neither by what it was nor by what it becomes.
        Refused(await SaveAsync(every, "Taken", Pair, bounded), "out-of-scope");
        Refused(await SaveAsync(own, "Own", null, bounded), "out-of-scope");
        foreach (var (id, caller) in new[] { (every, bounded), (own, elsewhere) })
        {
            Refused(await node.Change.RemoveAsync(id, caller, CancellationToken.None), "out-of-scope");
            Refused(await node.Change.RotateAsync(id, isFinal: false, caller, CancellationToken.None), "out-of-scope");
            Refused(await node.Change.TestAsync(id, caller, CancellationToken.None), "out-of-scope");
        }

        Assert.Equal("Every , Own contoso", await world.Database.ScalarAsync<string>("select string_agg(name || ' ' || coalesce(pool_pair_id, ''), ', ' order by id) from portal.webhooks where former_secret is null"));
        Assert.Equal("Every Own", await NamesAsync(PolicyWorld.Ada));
        Assert.Equal("Own", await NamesAsync(bounded));
        Assert.Empty(await NamesAsync(elsewhere));
        Done(await SaveAsync(own, "Mine", Pair, bounded));
        Done(await node.Change.RotateAsync(own, isFinal: false, bounded, CancellationToken.None));
        Done(await node.Change.RemoveAsync(own, bounded, CancellationToken.None));

        async Task<string> NamesAsync(Caller caller) =>
            string.Join(' ', Done(await new WebhookQueries(world.Get<IDbContextFactory<PortalDbContext>>()).ListAsync(caller, CancellationToken.None)).Select(x => x.Name));

        Task<Outcome<SavedWebhook>> SaveAsync(long? id, string name, string? pair, Caller caller) =>
            node.Save.HandleAsync(new SaveWebhook(id, name, "https://hooks.contoso.com/x", WebhookFormat.Json, [], pair), caller, CancellationToken.None);
    }
}
