using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Lists.Views;

internal sealed record SaveView(string PoolPairId, string? List, string? Name, string? Query, bool IsShared);

/// <summary>Saves what a list shows under a name, for oneself or for everybody of the pool pair.</summary>
internal sealed class SaveViewHandler(IDbContextFactory<PortalDbContext> databases, IPoolPairNames pairs, TimeProvider time)
{
    public async Task<Outcome<SavedView>> HandleAsync(SaveView request, Caller caller, CancellationToken cancellationToken)
    {
        var (list, name, query) = (ViewText.List(request.List), ViewText.Name(request.Name), ViewText.Query(request.Query));
        if ((list.Refusal ?? name.Refusal ?? query.Refusal) is { } refusal)
            return refusal;
        if ((await pairs.ListAsync(cancellationToken)).All(x => x.Id != request.PoolPairId))
            return new Refusal("pool-pair-not-found", RefusalKind.NotFound, request.PoolPairId);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = db.Set<SavedView>().Where(x => x.PoolPairId == request.PoolPairId && x.List == list.Value && x.Owner == caller.Name);
        if (await own.CountAsync(cancellationToken) >= SavedView.Most)
            return new Refusal("too-many-views", RefusalKind.Conflict, SavedView.Most);
        var view = new SavedView
        {
            PoolPairId = request.PoolPairId,
            List = list.Value!,
            Owner = caller.Name,
            OwnerName = caller.DisplayName,
            Name = name.Value!,
            Query = query.Value!,
            IsShared = request.IsShared,
            ChangedAt = time.GetUtcNow(),
        };
        db.Add(view);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation(SavedViewTable.UniqueName))
        {
            return new Refusal("view-name-taken", RefusalKind.Conflict, view.Name);
        }

        return view;
    }
}
