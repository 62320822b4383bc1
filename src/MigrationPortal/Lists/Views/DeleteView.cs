using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Lists.Views;

/// <summary>Deletes one's view. Links that were opened by it still show the same rows.</summary>
internal sealed class DeleteViewHandler(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<long>> HandleAsync(long id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await OwnView.FindAsync(db, id, caller, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        await db.Set<SavedView>().Where(x => x.Id == id && x.Owner == caller.Name).ExecuteDeleteAsync(cancellationToken);
        return id;
    }
}
