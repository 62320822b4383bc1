using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.Notices.Webhooks;
using Quartz;

namespace MigrationPortal.Notices.Deliveries;

/// <summary>Sends what is due by mail.</summary>
[DisallowConcurrentExecution]
internal sealed class SendMailsJob(SendMailsHandler handler) : IJob
{
    public const string Key = "mails";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await handler.HandleAsync(cancellationToken);
}

/// <summary>Sends what is due to webhooks.</summary>
[DisallowConcurrentExecution]
internal sealed class SendWebhooksJob(SendWebhooksHandler handler) : IJob
{
    public const string Key = "webhooks";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await handler.HandleAsync(cancellationToken);
}

/// <summary>Says that something may be due now.</summary>
internal sealed class DeliveryWake
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<bool> Signals => _signals.Reader;

    public void Signal() => _signals.Writer.TryWrite(true);
}

/// <summary>Asks for the job at once after events were handed out on this node.</summary>
internal sealed partial class DeliveryAlarm(DeliveryWake wake, DueDeliveries due, JobQueue jobs, ILogger<DeliveryAlarm> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in wake.Signals.ReadAllAsync(stoppingToken))
        {
            try
            {
                await due.EnqueueAsync(jobs, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(log, failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mails are sent by the next sweep")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

/// <summary>Twice a minute: what is due and what was begun by a node that died.</summary>
internal sealed class DueDeliveries(
    IDbContextFactory<PortalDbContext> databases, SendDigests digests, ChannelStates channels, IOptions<NotificationsOptions> options, TimeProvider clock) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        await digests.HandleAsync(cancellationToken);
        if (await IsMailDueAsync(cancellationToken))
            await jobs.EnqueueAgainAsync<SendMailsJob>(SendMailsJob.Key, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Due(db, clock.GetUtcNow()).AnyAsync(x => x.Channel != Delivery.Mail, cancellationToken))
            await jobs.EnqueueAgainAsync<SendWebhooksJob>(SendWebhooksJob.Key, cancellationToken);
    }

    /// <summary>Also where nothing is left to send: a server that was away is asked whether it is back, else it would be away for ever.</summary>
    public async Task<bool> IsMailDueAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.HasMail)
            return false;
        var now = clock.GetUtcNow();
        if (await channels.FindAsync(Delivery.Mail, cancellationToken) is { DownSince: not null } away && away.NextAt <= now)
            return true;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Due(db, now).AnyAsync(x => x.Channel == Delivery.Mail, cancellationToken);
    }

    private static IQueryable<Delivery> Due(PortalDbContext db, DateTimeOffset now) =>
        db.Set<Delivery>().Where(x => x.State == DeliveryState.Waiting && x.NextAt <= now && (x.LeaseUntil == null || x.LeaseUntil <= now));
}
