using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Unsent;

/// <inheritdoc cref="SaveDraft"/>
internal sealed record DiscardDraft(string? Place, long AgeMilliseconds);

/// <summary>Forgets a draft that was sent or thrown away, unless something newer was typed. Its row stays without a text, so that an older copy is known as older.</summary>
internal sealed class DiscardDraftHandler(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public async Task<Outcome<string>> HandleAsync(DiscardDraft request, Caller caller, CancellationToken cancellationToken)
    {
        var place = DraftPlace.Read(request.Place);
        if (!place.IsDone)
            return place.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var person = await DraftPlace.PersonAsync(db, caller, cancellationToken);
        var at = SaveDraftHandler.TypedAt(time.GetUtcNow(), request.AgeMilliseconds);
        await db.Set<Draft>().Where(x => x.Person == person && x.Place == place.Value && x.At <= at)
            .ExecuteUpdateAsync(x => x.SetProperty(d => d.Text, (string?)null).SetProperty(d => d.Before, "").SetProperty(d => d.At, at), cancellationToken);
        return place;
    }
}
