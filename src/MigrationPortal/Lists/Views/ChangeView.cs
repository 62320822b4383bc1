using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Lists.Views;

/// <summary>What is null stays as it is.</summary>
internal sealed record ChangeView(long Id, string? Name = null, string? Query = null, bool? IsShared = null);

/// <summary>Renames one's view, has it show something else, or shares it.</summary>
internal sealed class ChangeViewHandler(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public async Task<Outcome<SavedView>> HandleAsync(ChangeView request, Caller caller, CancellationToken cancellationToken)
    {
        var name = request.Name is null ? default : ViewText.Name(request.Name);
        var query = request.Query is null ? default : ViewText.Query(request.Query);
        if ((name.Refusal ?? query.Refusal) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await OwnView.FindAsync(db, request.Id, caller, cancellationToken);
        if (found.Value is not { } view)
            return found.Refusal!;
        view.Name = name.Value ?? view.Name;
        view.Query = query.Value ?? view.Query;
        view.IsShared = request.IsShared ?? view.IsShared;
        (view.OwnerName, view.ChangedAt) = (caller.DisplayName, time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation(SavedViewTable.UniqueName))
        {
            return new Refusal("view-name-taken", RefusalKind.Conflict, view.Name);
        }
        catch (DbUpdateConcurrencyException)
        {
            return OwnView.NotFound(request.Id);
        }

        return view;
    }
}
