using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Comments.Writing;

/// <summary>Who can be mentioned at <c>batch:12</c>, or at <c>batch:12/message:7:345</c>: a batch and what the thread is about.</summary>
internal sealed class MentionsOfBatches(IDbContextFactory<PortalDbContext> databases, Mentions mentions) : IMentionPlaces
{
    private const int Most = 20;

    public async Task<Outcome<IReadOnlyList<MentionedPerson>>> FindAsync(string place, string? search, Caller caller, CancellationToken cancellationToken)
    {
        var parts = place.Split('/', 2);
        if (BatchSubject.Read(parts[0]) is not { } batchId)
            return new Refusal("mention-place-invalid", RefusalKind.Invalid, place);
        var about = Anchor.Read(parts.Length > 1 ? parts[1] : null);
        if (!about.IsDone)
            return about.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BatchReads.FindAsync(db, batchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(batchId);
        if (await ThreadReach.RefuseAsync(db, caller, batch.PoolPairId, about.Value, cancellationToken) is { } refusal)
            return refusal;
        var found = await mentions.FindAsync(db, batch.PoolPairId, about.Value, search, Most, cancellationToken);
        return found.Select(x => new MentionedPerson(x.PersonId, x.Name, x.DisplayName, x.Token)).ToList();
    }
}
