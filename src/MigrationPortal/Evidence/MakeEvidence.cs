using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Lists;

namespace MigrationPortal.Evidence;

internal sealed record MakeEvidence(long BatchId);

/// <summary>The file is deleted when its stream is closed.</summary>
internal sealed record MadeEvidence(Stream File, string FileName);

/// <summary>
/// Makes the evidence package of a batch that was submitted, while nothing of it is being written; what did not happen yet is an empty list.
/// It is written to a temporary file first: what fails is answered as a refusal and not as half a file, a slow download holds no snapshot of
/// the database, and the audit names what was handed out.
/// </summary>
internal sealed class MakeEvidenceHandler(IDbContextFactory<PortalDbContext> databases, EvidencePackage package, AuditTrail audit, BatchRefusals refusals)
{
    /// <summary>Something may have been written, and nothing is being written now.</summary>
    public static readonly BatchState[] From =
        [BatchState.Completed, BatchState.CompletedWithFindings, BatchState.Failed, BatchState.Cancelled, BatchState.Undone, BatchState.CutOver];

    /// <summary>No run has ended, and nothing is being written now: there is evidence as soon as somebody asked others to decide.</summary>
    public static readonly BatchState[] OnceSubmitted = [BatchState.Draft, BatchState.InReview, BatchState.Approved, BatchState.Scheduled, BatchState.Paused];

    private const string Doing = "make-evidence";

    public async Task<Outcome<MadeEvidence>> HandleAsync(MakeEvidence request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, Doing, Role.Operator, Role.Auditor) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, caller, [Role.Operator, Role.Auditor], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var state = found.Value.State;
        if (!From.Contains(state) && !(OnceSubmitted.Contains(state) && await EvidenceState.WasSubmittedAsync(db, request.BatchId, cancellationToken)))
            return await refusals.WrongStateAsync(db, request.BatchId, "Rule.Evidence", cancellationToken);
        var file = PrivateFile.Create();
        try
        {
            await WriteAsync(db, file, request.BatchId, caller, cancellationToken);
            file.Position = 0;
            return new MadeEvidence(file, string.Create(CultureInfo.InvariantCulture, $"evidence-batch-{request.BatchId}.zip"));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAsync(PortalDbContext db, FileStream file, long batchId, Caller caller, CancellationToken cancellationToken)
    {
        EvidenceManifest manifest;
        // One snapshot: the lists belong together while others keep working.
        await using (await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken))
        {
            var state = await EvidenceState.ReadAsync(db, await BatchReads.GetAsync(db, batchId, cancellationToken), cancellationToken);
            manifest = await package.WriteAsync(db, file, state, caller.Name, caller.Has(Role.Auditor), cancellationToken);
        }

        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["manifest"] = Convert.ToHexStringLower(SHA256.HashData(manifest.ToBytes())),
            ["signed"] = manifest.Signed ? "yes" : "no",
            ["size"] = file.Length.ToString(CultureInfo.InvariantCulture),
        };
        await audit.RecordAsync(db, caller, EvidenceState.Made, BatchSubject.Of(batchId), manifest.PoolPair, values, cancellationToken);
    }
}
