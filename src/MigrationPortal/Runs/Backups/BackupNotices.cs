using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs.Backups;

/// <summary>Twice a minute: tells administrators, once for each confirmed backup, that it has become old while batches write or are about to.</summary>
internal sealed class BackupNotices(BackupAges ages, IDbContextFactory<PortalDbContext> databases, NoticeOutbox outbox, TimeProvider clock) : IUnfinishedWork
{
    public const string Old = "BackupOld";

    /// <summary>Each confirmed backup grows old once.</summary>
    public static string KeyOf(BackupAge age) => string.Create(CultureInfo.InvariantCulture, $"backup-old:{age.PoolPairId}:{age.ConfirmedAt:O}");

    public Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken) => TellAsync(cancellationToken);

    /// <returns>How many were sent now.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        foreach (var age in await ages.ListAsync(null, cancellationToken))
        {
            // Before the first run nothing is known of backups: the start asks for one.
            if (age.ConfirmedAt is not { } confirmed)
                continue;
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            told += await outbox.TellOnceAsync(db, Of(age, confirmed), cancellationToken) ? 1 : 0;
        }

        return told;
    }

    private NoticeEvent Of(BackupAge age, DateTimeOffset confirmed) => new()
    {
        Kind = Old,
        Subject = $"pool-pair:{age.PoolPairId}",
        PoolPairId = age.PoolPairId,
        By = Caller.Portal.Name,
        At = clock.GetUtcNow(),
        Title = age.PoolPairName,
        Sentence = new("Notice.BackupOld", confirmed),
        Url = Urls.Runs(age.PoolPairId),
        OnceKey = KeyOf(age),
    };
}
