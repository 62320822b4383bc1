using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Lists.Views;

/// <summary>The view that somebody wants to change. Another person's view is refused by name where it is shared, and is otherwise not there.</summary>
internal static class OwnView
{
    public static async Task<Outcome<SavedView>> FindAsync(PortalDbContext db, long id, Caller caller, CancellationToken cancellationToken) =>
        await db.Set<SavedView>().FirstOrDefaultAsync(x => x.Id == id && (x.Owner == caller.Name || x.IsShared), cancellationToken) is not { } view ? NotFound(id)
        : view.Owner == caller.Name ? view
        : new Refusal("view-of-another", RefusalKind.NotAllowed, view.Name, view.OwnerName);

    public static Refusal NotFound(long id) => new("not-found.view", RefusalKind.NotFound, id.ToString(CultureInfo.InvariantCulture));
}
