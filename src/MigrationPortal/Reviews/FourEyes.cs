using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews;

/// <summary>
/// Nobody approves their own work: not the author, not who submitted it, not who changed it since the last approval. The same
/// rule explains the disabled button.
/// </summary>
internal static class FourEyes
{
    public static async Task<Refusal?> CheckAsync(PortalDbContext db, Batch batch, Review review, Caller caller, CancellationToken cancellationToken)
    {
        if (batch.Author == caller.Name)
            return Refuse($"{caller.DisplayName} made “{batch.Name}”");
        if (review.SubmittedBy == caller.Name)
            return Refuse($"{caller.DisplayName} submitted “{batch.Name}”");
        var approved = await BatchReads.Events(db)
            .Where(x => x.BatchId == batch.Id && x.Kind == BatchEventKinds.Approved)
            .MaxAsync(x => (long?)x.Id, cancellationToken) ?? 0;
        var edited = await BatchReads.Events(db).AnyAsync(
            x => x.BatchId == batch.Id && x.Id > approved && x.By == caller.Name && BatchEventKinds.Edits.Contains(x.Kind), cancellationToken);
        return edited ? Refuse($"{caller.DisplayName} changed “{batch.Name}”") : null;
    }

    private static Refusal Refuse(string why) => new("four-eyes", $"{why}; somebody else has to approve it.", RefusalKind.NotAllowed);
}
