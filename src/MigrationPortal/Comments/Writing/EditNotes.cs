using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Writing;

/// <summary>A note to whom an edit concerns is a thread about the batch that mentions them: they are notified, and the answer stands beside it.</summary>
internal sealed class EditNotes(IDbContextFactory<PortalDbContext> databases, Mentions mentions, OpenThreadHandler open) : IEditNotes
{
    public async Task<Refusal?> SendAsync(long batchId, IReadOnlyList<string> accounts, string text, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BatchReads.FindAsync(db, batchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(batchId);
        var reached = await mentions.FindAsync(db, batch.PoolPairId, Anchor.Batch, accounts, cancellationToken);
        var tokens = reached.Where(x => x.Name != caller.Name).Take(Mentions.Most).Select(x => x.Token);
        return (await open.HandleAsync(new OpenThread(batchId, Anchor.Batch, string.Join(' ', tokens.Append(text))), caller, cancellationToken)).Refusal;
    }
}
