using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Delta.Warnings;

namespace MigrationPortal.Delta;

internal sealed class DeltaQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The latest request, whatever became of it.</summary>
    public async Task<DeltaRequest?> FindLatestAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<DeltaRequest>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Of the changes that were kept when the delta was requested.</summary>
    public async Task<Page<DeltaChange>> ChangesAsync(long deltaId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = db.Set<DeltaLine>().AsNoTracking().Where(x => x.DeltaId == deltaId);
        var page = await lines.OrderBy(x => x.Number).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(await lines.LongCountAsync(cancellationToken), page.ConvertAll(x => x.ToChange()));
    }

    /// <summary>Of the warnings that were kept when the delta was requested; none for what an earlier portal requested.</summary>
    public async Task<Page<DeltaWarning>> WarningsAsync(long deltaId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var warnings = db.Set<DeltaWarning>().AsNoTracking().Where(x => x.DeltaId == deltaId);
        var page = await warnings.OrderBy(x => x.Number).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(await warnings.LongCountAsync(cancellationToken), page);
    }

    /// <summary>As <see cref="DeltaOrder.Alike"/>, of what was kept.</summary>
    public async Task<IReadOnlyList<AlikeChange>> AlikeAsync(long deltaId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Set<DeltaLine>().Where(x => x.DeltaId == deltaId && x.Property != null)
            .GroupBy(x => new { x.Kind, x.Property, x.Old, x.New })
            .Where(x => x.Count() >= DeltaOrder.LeastAlike)
            .OrderByDescending(x => x.Count())
            .Select(x => new { x.Key, Subject = x.Min(y => y.Subject), Count = x.LongCount() })
            .Take(DeltaOrder.MostAlike).ToListAsync(cancellationToken);
        return found.ConvertAll(x => new AlikeChange(new(x.Key.Kind, x.Subject!, x.Key.Property, x.Key.Old, x.Key.New), x.Count));
    }
}
