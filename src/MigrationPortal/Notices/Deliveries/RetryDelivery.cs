using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Webhooks;

namespace MigrationPortal.Notices.Deliveries;

/// <summary>Sends again what was given up. It keeps its number, so that whoever has it already knows it.</summary>
internal sealed class RetryDeliveryHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, DeliveryWake wake, TimeProvider clock)
{
    public async Task<Outcome<bool>> HandleAsync(long deliveryId, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "retry-delivery") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var channel = await db.Set<Delivery>().Where(x => x.Id == deliveryId && x.State == DeliveryState.Dead).Select(x => x.Channel).SingleOrDefaultAsync(cancellationToken);
        // Nobody would ever take it.
        if (channel is not (null or Delivery.Mail) && !await db.Set<Webhook>().AnyAsync(x => WebhookChannel.Prefix + x.Id == channel, cancellationToken))
            return new Refusal("delivery-webhook-gone", RefusalKind.Conflict);
        var now = clock.GetUtcNow();
        var again = await db.Set<Delivery>().Where(x => x.Id == deliveryId && x.State == DeliveryState.Dead).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, DeliveryState.Waiting).SetProperty(x => x.CreatedAt, now).SetProperty(x => x.NextAt, now).SetProperty(x => x.Attempts, 0).SetProperty(x => x.Error, (Engine.Wording?)null),
            cancellationToken);
        if (again == 0)
        {
            return await db.Set<Delivery>().AnyAsync(x => x.Id == deliveryId, cancellationToken)
                ? new Refusal("delivery-not-dead", RefusalKind.Conflict)
                : new Refusal("not-found.delivery", RefusalKind.NotFound, $"{deliveryId}");
        }

        await audit.RecordAsync(db, caller, "DeliveryRetried", $"delivery:{deliveryId.ToString(CultureInfo.InvariantCulture)}", null, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        wake.Signal();
        return true;
    }
}
