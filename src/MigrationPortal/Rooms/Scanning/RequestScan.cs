using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using Npgsql;

namespace MigrationPortal.Rooms.Scanning;

internal sealed record RequestScan(string PoolPairId);

/// <summary>Queues a scan of both sides; one at a time per pool pair, which a unique index guarantees.</summary>
internal sealed class RequestScanHandler(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    AuditTrail audit,
    JobQueue jobs,
    LiveFeed feed,
    TimeProvider time)
{
    public async Task<Outcome<long>> HandleAsync(RequestScan request, Caller caller, CancellationToken cancellationToken)
    {
        if (caller != Caller.Portal && Rights.RequireThere(caller, "scan", [Role.Planner, Role.Operator], request.PoolPairId, null) is { } refusal)
            return refusal;
        if (catalog.Find(request.PoolPairId) is null)
            return new Refusal("pool-pair-not-found.configured", RefusalKind.NotFound, request.PoolPairId);

        var scan = new Scan { PoolPairId = request.PoolPairId, RequestedBy = caller.Name, RequestedAt = time.GetUtcNow() };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(scan);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Refusal("scan-running", RefusalKind.Conflict);
        }

        await audit.RecordAsync(db, caller, "ScanRequested", $"pool-pair:{request.PoolPairId}", request.PoolPairId, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAgainAsync<ScanJob>(request.PoolPairId, cancellationToken);
        feed.Announce($"scan:{request.PoolPairId}");
        return scan.Id;
    }
}
