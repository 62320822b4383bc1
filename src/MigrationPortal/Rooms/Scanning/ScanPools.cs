using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>
/// Reads both sides of a pool pair into its inventory; called by the scan job. The new inventory replaces the last one whole, in
/// one transaction: nobody sees half, and a failed scan leaves the last good one and says what failed.
/// </summary>
internal sealed partial class ScanPools(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    LoadInventory load,
    IEnumerable<IScanPart> parts,
    IEnumerable<IAfterScan> followers,
    WaitOut waitOut,
    LiveFeed feed,
    TimeProvider time,
    ILogger<ScanPools> logger)
{
    public async Task HandleAsync(string poolPairId, CancellationToken cancellationToken)
    {
        var name = $"The scan of {poolPairId}";
        if (!await waitOut.DoAsync(name, token => ScanAsync(poolPairId, token), cancellationToken))
            return;
        foreach (var follower in followers)
            await waitOut.DoAsync(name, token => follower.AfterScanAsync(poolPairId, token), cancellationToken);
    }

    /// <returns>Whether there is a new inventory.</returns>
    private async Task<bool> ScanAsync(string poolPairId, CancellationToken cancellationToken)
    {
        if (await BeginAsync(poolPairId, cancellationToken) is not { } scanId)
            return false;
        var refusal = catalog.Find(poolPairId) is { } pair
            ? await FillAsync(pair, scanId, cancellationToken)
            : new Refusal("pool-pair-not-found.any-more", RefusalKind.Invalid, poolPairId);
        await EndAsync(scanId, poolPairId, refusal?.Wording, cancellationToken);
        return refusal is null;
    }

    private async Task<Refusal?> FillAsync(PoolPairConnections pair, long scanId, CancellationToken cancellationToken)
    {
        // The answer to the commit may have been lost with its connection, or with a node.
        if (await IsCurrentAsync(pair.Id, scanId, cancellationToken))
            return null;
        var progress = new ScanProgress(databases, feed, time, scanId, pair.Id);
        try
        {
            return await progress.WatchAsync(() => ReadAsync(pair, scanId, progress, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !Outage.Is(exception))
        {
            LogFailed(logger, pair.Id, exception);
            return await IsCurrentAsync(pair.Id, scanId, cancellationToken)
                ? null
                : new Refusal("scan-failed", RefusalKind.Invalid, exception.GetType().Name);
        }
    }

    private async Task<bool> IsCurrentAsync(string poolPairId, long scanId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await PoolPairQueries.CurrentScanOf(db, poolPairId).AnyAsync(x => x == scanId, cancellationToken);
    }

    private async Task<Refusal?> ReadAsync(PoolPairConnections pair, long scanId, ScanProgress progress, CancellationToken cancellationToken)
    {
        // Both at the same time: most often they are on two servers. The larger side's figures are shown as long as it is read.
        var reading = pair.ReadLegacyAsync(progress.Side("Legacy"), cancellationToken);
        var readingNew = ChatPoolReader.ReadAsync(pair.New, progress.Side("New", after: reading), cancellationToken);
        await Task.WhenAll(reading, readingNew);
        var (legacy, current) = (await reading, await readingNew);
        if (!legacy.IsDone)
            return legacy.Refusal;
        if (!current.IsDone)
            return current.Refusal;
        legacy = await pair.AddUnfitContentAsync(legacy.Value, current.Value, cancellationToken);
        if (!legacy.IsDone)
            return legacy.Refusal;
        var counts = await ChatPoolReader.CountUpToAsync(pair.New, PairedRooms.LastLegacyIds(legacy.Value, current.Value), cancellationToken);
        if (!counts.IsDone)
            return counts.Refusal;
        foreach (var part in parts)
        {
            progress.Report(part.Phase);
            if (await part.HandleAsync(pair, scanId, cancellationToken) is { } unread)
                return unread;
        }

        progress.Report("Comparing");
        await load.HandleAsync(new ScannedPools(pair.Id, scanId, legacy.Value, current.Value, counts.Value), cancellationToken);
        return null;
    }

    // Running is allowed too: a scan whose node was lost starts again from the top.
    private async Task<long?> BeginAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = db.Set<Scan>().Where(s => s.PoolPairId == poolPairId && (s.State == ScanState.Queued || s.State == ScanState.Running));
        var now = time.GetUtcNow();
        var begun = await open.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.State, ScanState.Running).SetProperty(s => s.StartedAt, now),
            cancellationToken);
        feed.Announce($"scan:{poolPairId}");
        return begun == 0 ? null : await open.Select(s => s.Id).SingleAsync(cancellationToken);
    }

    private async Task EndAsync(long scanId, string poolPairId, Wording? error, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await db.Set<Scan>().Where(s => s.Id == scanId && s.State == ScanState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.State, error is null ? ScanState.Completed : ScanState.Failed)
                .SetProperty(s => s.Error, error).SetProperty(s => s.FinishedAt, now).SetProperty(s => s.Phase, (string?)null),
            cancellationToken);
        feed.Announce($"scan:{poolPairId}");
        feed.Announce($"pair:{poolPairId}");
    }

    [LoggerMessage(LogLevel.Error, "The scan of pool pair {PoolPair} failed")]
    private static partial void LogFailed(ILogger logger, string poolPair, Exception exception);
}
