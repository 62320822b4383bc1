using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;

namespace MigrationPortal.Unsent;

/// <summary>Drafts are kept for 30 days after the last key.</summary>
internal sealed class PruneDrafts(IDbContextFactory<PortalDbContext> databases, TimeProvider time) : IUnfinishedWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    private DateTimeOffset _next;

    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() is var now && now < _next)
            return;
        _next = now + Interval;
        await HandleAsync(cancellationToken);
    }

    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Draft.KeptFor;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<Draft>().Where(x => x.At <= before).ExecuteDeleteAsync(cancellationToken);
    }
}
