using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Freezes;

/// <param name="IsReadable">False where the row for all pairs is missing: then everything counts as frozen.</param>
/// <param name="All">Of all pool pairs; null when it is not frozen or not readable.</param>
/// <param name="Pairs">Those that are frozen by themselves.</param>
internal sealed record FreezeState(bool IsReadable, Freeze? All, IReadOnlyList<Freeze> Pairs)
{
    public bool IsFrozen => !IsReadable || All is not null;

    public static FreezeState Of(IReadOnlyCollection<Freeze> rows)
    {
        var all = rows.FirstOrDefault(x => x.Scope == Freeze.All);
        return new(all is not null, all is { IsFrozen: true } ? all : null, [.. rows.Where(x => x.IsFrozen && x.Scope != Freeze.All)]);
    }

    /// <summary>Why nothing may start in the pool pair; null where it may.</summary>
    public Refusal? Refuse(string poolPairId) =>
        !IsReadable ? new("frozen.unreadable", RefusalKind.Conflict)
            : All is { } all ? new("frozen", RefusalKind.Conflict, all.By, all.Reason)
            : Pairs.FirstOrDefault(x => x.Scope == poolPairId) is { } pair ? new("frozen.pair", RefusalKind.Conflict, pair.By, pair.Reason, pair.Scope)
            : null;
}

internal sealed class FreezeQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<FreezeState> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<Freeze>().AsNoTracking().OrderBy(x => x.Scope).ToListAsync(cancellationToken);
        return FreezeState.Of(rows);
    }

    /// <summary>Freezes that hold although their planned end has passed.</summary>
    public async Task<IReadOnlyList<Freeze>> ListOverAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Freeze>().AsNoTracking().Where(x => x.IsFrozen && x.Until <= now).OrderBy(x => x.Scope).ToListAsync(cancellationToken);
    }
}
