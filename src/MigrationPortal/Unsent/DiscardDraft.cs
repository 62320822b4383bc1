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
        // Before anything waits: the age is that of this moment.
        var at = SaveDraftHandler.TypedAt(time.GetUtcNow(), request.AgeMilliseconds);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var person = await DraftPlace.PersonAsync(db, caller, cancellationToken);
        // Also where nothing arrived yet: what was typed before may come after this.
        await SaveDraftHandler.WriteAsync(db, person, place.Value, null, "", at, cancellationToken);
        return place;
    }
}
