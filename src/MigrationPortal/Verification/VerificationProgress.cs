using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.Verification;

/// <summary>How far a verification is, for the open pages.</summary>
internal sealed class VerificationProgress(IDbContextFactory<PortalDbContext> databases, LiveFeed feed, TimeProvider time)
{
    public Task SetAsync(VerificationRequest request, int rooms, int verified, CancellationToken cancellationToken) => WriteAsync(
        request, set => set.SetProperty(x => x.RoomCount, rooms).SetProperty(x => x.VerifiedRoomCount, verified).SetProperty(x => x.Note, (Wording?)null), cancellationToken);

    public Task NoteAsync(VerificationRequest request, Wording note, CancellationToken cancellationToken) =>
        WriteAsync(request, set => set.SetProperty(x => x.Note, note), cancellationToken);

    public Task EndAsync(VerificationRequest request, Wording? error, CancellationToken cancellationToken) => WriteAsync(
        request,
        set => set
            .SetProperty(x => x.State, error is null ? VerificationState.Completed : VerificationState.Failed)
            .SetProperty(x => x.Error, error)
            .SetProperty(x => x.Note, (Wording?)null)
            .SetProperty(x => x.FinishedAt, time.GetUtcNow()),
        cancellationToken);

    private async Task WriteAsync(VerificationRequest request, Action<UpdateSettersBuilder<VerificationRequest>> set, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<VerificationRequest>().Where(x => x.Id == request.Id && x.State == VerificationState.Running).ExecuteUpdateAsync(set, cancellationToken);
        feed.Announce(BatchSubject.Of(request.BatchId));
    }
}
