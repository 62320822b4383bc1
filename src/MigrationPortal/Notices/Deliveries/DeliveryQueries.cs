using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Deliveries;

/// <param name="To">Account of the person; null for a webhook.</param>
/// <param name="Error">What the other side answered last.</param>
public sealed record DeliveryRow(
    long Id, string Channel, DeliveryState State, string Kind, string Title, string? To, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset NextAt, DateTimeOffset? SentAt, Wording? Error)
{
    /// <summary>The name of the webhook; null for mail, for a webhook that is gone, and for one that is not the reader's to see.</summary>
    public string? Webhook { get; init; }
}

internal sealed class DeliveryQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Newest first.</summary>
    /// <param name="states">Empty: all.</param>
    public async Task<Outcome<Page<DeliveryRow>>> ListAsync(IReadOnlyList<DeliveryState> states, Caller caller, Paging paging, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "see-deliveries") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var asked = db.Set<Delivery>().AsNoTracking().Where(x => states.Count == 0 || states.Contains(x.State));
        var items = await (
            from delivery in asked.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take)
            join happened in db.Set<NoticeEvent>() on delivery.EventId equals happened.Id
            join person in PeopleReads.All(db) on delivery.PersonId equals person.Id into persons
            from person in persons.DefaultIfEmpty()
            orderby delivery.Id descending
            select new DeliveryRow(
                delivery.Id, delivery.Channel, delivery.State, happened.Kind, happened.Title, person == null ? null : person.Name, delivery.Attempts, delivery.CreatedAt, delivery.NextAt, delivery.SentAt, delivery.Error))
            .ToListAsync(cancellationToken);
        Dictionary<string, string> names = items.Exists(x => x.Channel != Delivery.Mail) ? await NamesAsync(db, caller, cancellationToken) : [];
        return new Page<DeliveryRow>(await asked.LongCountAsync(cancellationToken), items.ConvertAll(x => x with { Webhook = names.GetValueOrDefault(x.Channel) }));
    }

    // By channel, as the page of webhooks shows them to the same person.
    private static async Task<Dictionary<string, string>> NamesAsync(PortalDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        var hooks = await db.Set<Webhook>().AsNoTracking().ToListAsync(cancellationToken);
        return hooks.Where(x => SaveWebhookHandler.Refuse(x.PoolPairId, caller) is null).ToDictionary(x => x.Channel, x => x.Name, StringComparer.Ordinal);
    }
}
