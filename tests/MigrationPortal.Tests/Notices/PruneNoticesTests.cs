using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Notices;

/// <summary>What becomes of notices in half a year, in a time that the test moves.</summary>
public sealed class PruneNoticesTests
{
    // Two years after whatever the world itself wrote.
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow().AddDays(730));

    [Fact]
    public async Task Prune_NoticesOfHalfAYearAndDeliveriesOfAQuarter_AreDeletedUnlessTheyAreOnTheirWay()
    {
        await using var world = await BatchWorld.StartAsync();
        await AddAsync(world, "gone", 181, isHandedOut: true, (DeliveryState.Sent, 10), (DeliveryState.Dead, 10));
        await AddAsync(world, "waiting", 181, isHandedOut: true, (DeliveryState.Waiting, 181), (DeliveryState.Sent, 181));
        await AddAsync(world, "held", 181, isHandedOut: true, (DeliveryState.Held, 181));
        await AddAsync(world, "not handed out", 181, isHandedOut: false);
        await AddAsync(
            world, "kept", 179, isHandedOut: true, (DeliveryState.Sent, 91), (DeliveryState.Superseded, 91), (DeliveryState.Dead, 91), (DeliveryState.Sent, 89), (DeliveryState.Waiting, 91), (DeliveryState.Held, 91));
        await PruneAsync(world);

        Assert.Equal("waiting, held, not handed out, kept", await TitlesAsync(world));
        Assert.Equal("waiting, held, not handed out, kept", await world.Database.ScalarAsync<string>(
            "select string_agg(e.title, ', ' order by e.id) from portal.notifications n join portal.events e on e.id = n.event_id"));
        Assert.Equal("waiting Waiting, held Held, kept Sent, kept Waiting, kept Held", await world.Database.ScalarAsync<string>("select string_agg(body, ', ' order by id) from portal.deliveries"));

        // Once it has arrived, it goes like all others.
        await world.Database.ExecuteAsync("update portal.deliveries set state = 'Sent'");
        _clock.Advance(TimeSpan.FromDays(2));
        await PruneAsync(world);
        Assert.Equal("not handed out", await TitlesAsync(world));
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.deliveries"));
    }

    [Fact]
    public async Task Prune_WhatWasDone_StaysInTheAuditLog()
    {
        await using var world = await BatchWorld.StartAsync();
        await world.SubmittedAsync("Wave 1", "Desk");
        await OutboxTests.HandOutAsync(world);
        var entries = await world.Database.ScalarAsync<int>("select count(*) from portal.audit_entries");
        Assert.True(entries > 0);
        await PruneAsync(world);

        Assert.Equal((0, 0), (await world.Database.ScalarAsync<int>("select count(*) from portal.events"), await world.Database.ScalarAsync<int>("select count(*) from portal.notifications")));
        Assert.Equal(entries, await world.Database.ScalarAsync<int>("select count(*) from portal.audit_entries"));
    }

    private Task PruneAsync(BatchWorld world) => new PruneNotices(world.Get<IDbContextFactory<PortalDbContext>>(), _clock).HandleAsync(CancellationToken.None);

    private static Task<string> TitlesAsync(BatchWorld world) => world.Database.ScalarAsync<string>("select string_agg(title, ', ' order by id) from portal.events");

    // An event in one bell, with its deliveries: each so many days old.
    private async Task AddAsync(BatchWorld world, string title, int days, bool isHandedOut, params (DeliveryState State, int Days)[] deliveries)
    {
        var at = _clock.GetUtcNow().AddDays(-days);
        await using var db = world.Database.OpenPortal();
        var happened = new NoticeEvent
        {
            Kind = "x", Subject = "x:1", By = "ada", At = at, Title = title, Sentence = Wording.OfText("Something happened"), Url = "/", SentOutAt = isHandedOut ? at : null,
        };
        db.Add(happened);
        await db.SaveChangesAsync();
        db.Add(new Notification { EventId = happened.Id, PersonId = 1, At = at });
        db.AddRange(deliveries.Select((x, i) => new Delivery
        {
            EventId = happened.Id, Channel = $"webhook:{i}", State = x.State, CreatedAt = _clock.GetUtcNow().AddDays(-x.Days), NextAt = at, Body = $"{title} {x.State}",
        }));
        await db.SaveChangesAsync();
    }
}
