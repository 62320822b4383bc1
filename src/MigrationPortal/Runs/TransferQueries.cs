using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs;

/// <summary>The rooms of a run.</summary>
internal sealed class TransferQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Page<TransferLine>> ListAsync(long runId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var transfers = RunQueries.Transfers(db).Where(x => x.RunId == runId);
        var total = await transfers.LongCountAsync(cancellationToken);
        var rows = await transfers.OrderBy(x => x.Ordinal).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, [.. rows.Select(TransferLine.Of)]);
    }

    public async IAsyncEnumerable<TransferLine> StreamAsync(long runId, TransferFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var transfers = RunQueries.Transfers(db).Where(x => x.RunId == runId);
        if (filter.Search?.Trim() is { Length: > 0 } search)
            transfers = transfers.Where(x => SearchText.Contains(x.RoomName, search));
        if (filter.Group is { } group)
        {
            var states = Enum.GetValues<TransferState>().Where(x => RunRows.GroupOf(x) == group).ToArray();
            transfers = transfers.Where(x => states.Contains(x.State));
        }

        if (filter.Grade is { } grade)
            transfers = transfers.Where(x => x.Grade == grade);
        if (filter.Difference is { } difference)
            transfers = transfers.Where(x => x.Differences.Contains(difference));
        var all = filter.Failure is null;
        await foreach (var transfer in transfers.OrderBy(x => x.Ordinal).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            // A sentence is kept as JSON; its key is looked at here, one row at a time.
            if (all || transfer.Error?.Key == filter.Failure)
                yield return TransferLine.Of(transfer);
        }
    }

    /// <summary>Whether verification found that property of any room different.</summary>
    public async Task<bool> HasDifferenceAsync(long runId, string property, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await RunQueries.Transfers(db).AnyAsync(x => x.RunId == runId && x.Differences.Contains(property), cancellationToken);
    }

    /// <summary>Whether any room failed for that reason (the key of its sentence).</summary>
    public async Task<bool> HasFailureAsync(long runId, string key, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<bool>(
            $"select exists (select from portal.room_transfers where run_id = {runId} and error->>'key' = {key}) as \"Value\"").SingleAsync(cancellationToken);
    }
}
