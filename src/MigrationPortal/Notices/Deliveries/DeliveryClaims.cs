using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Notices.Deliveries;

/// <summary>
/// Takes due deliveries for one node, for five minutes: another node passes them over, and takes those of a node that died once the time is
/// over. What was sent is kept only by who still holds it.
/// </summary>
internal sealed class DeliveryClaims(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Given up after that.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(72);

    private readonly string _node = Guid.NewGuid().ToString("n");

    public async Task<IReadOnlyList<Delivery>> TakeAsync(string channel, int most, CancellationToken cancellationToken)
    {
        var (now, until) = (clock.GetUtcNow(), clock.GetUtcNow() + Lease);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Delivery>().FromSql($"""
            update portal.deliveries set lease_until = {until}, lease_by = {_node}, attempts = attempts + 1
            where id in (
                select id from portal.deliveries
                where channel = {channel} and state = 'Waiting' and next_at <= {now} and (lease_until is null or lease_until <= {now})
                order by person_id, id limit {most} for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <returns>How many were still this node's.</returns>
    public async Task<int> SettleAsync(IReadOnlyCollection<long> ids, DeliveryState state, Wording? error, CancellationToken cancellationToken)
    {
        DateTimeOffset? sent = state == DeliveryState.Sent ? clock.GetUtcNow() : null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Held(db, ids).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, state).SetProperty(x => x.SentAt, sent).SetProperty(x => x.Error, error)
                .SetProperty(x => x.LeaseBy, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Gives back what could not be sent now.</summary>
    /// <param name="nextAt">Null: as soon as the channel is back; that was no attempt of theirs.</param>
    public async Task GiveBackAsync(IReadOnlyCollection<long> ids, DateTimeOffset? nextAt, Wording error, CancellationToken cancellationToken)
    {
        var back = nextAt is null ? 1 : 0;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Held(db, ids).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.NextAt, x => nextAt ?? x.NextAt).SetProperty(x => x.Error, error).SetProperty(x => x.Attempts, x => x.Attempts - back)
                .SetProperty(x => x.LeaseBy, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Gives back what its person does not want to have before a time; that was no attempt.</summary>
    public async Task PutOffAsync(IReadOnlyCollection<long> ids, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Held(db, ids).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.NextAt, until).SetProperty(x => x.Attempts, x => x.Attempts - 1)
                .SetProperty(x => x.LeaseBy, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    private IQueryable<Delivery> Held(PortalDbContext db, IReadOnlyCollection<long> ids)
    {
        var all = ids.ToArray();
        return db.Set<Delivery>().Where(x => all.Contains(x.Id) && x.LeaseBy == _node && x.State == DeliveryState.Waiting);
    }

    /// <returns>How many were given up now, for their age.</returns>
    public async Task<int> GiveUpAsync(string channel, CancellationToken cancellationToken)
    {
        var (now, before) = (clock.GetUtcNow(), clock.GetUtcNow() - Longest);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Delivery>()
            .Where(x => x.Channel == channel && x.State == DeliveryState.Waiting && x.CreatedAt < before && (x.LeaseUntil == null || x.LeaseUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeliveryState.Dead), cancellationToken);
    }
}
