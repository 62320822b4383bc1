using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Deliveries;
using Quartz;

namespace MigrationPortal.Notices.Outbox;

/// <summary>Hands out what waits.</summary>
[DisallowConcurrentExecution]
internal sealed class HandOutEventsJob(HandOutEventsHandler handler) : IJob
{
    public const string Key = "events";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await handler.HandleAsync(cancellationToken);
}

/// <summary>Asks for the job at once after a deed on this node; what a node that died left behind is found by the sweep.</summary>
internal sealed partial class NoticeWake(NoticeOutbox outbox, JobQueue jobs, ILogger<NoticeWake> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in outbox.Signals.ReadAllAsync(stoppingToken))
        {
            try
            {
                await jobs.EnqueueAgainAsync<HandOutEventsJob>(HandOutEventsJob.Key, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(log, failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Notices are handed out by the next sweep")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

internal sealed class WaitingEvents(IDbContextFactory<PortalDbContext> databases) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<NoticeEvent>().AnyAsync(x => x.SentOutAt == null, cancellationToken))
            await jobs.EnqueueAsync<HandOutEventsJob>(HandOutEventsJob.Key, cancellationToken);
    }
}

/// <summary>Notices are kept for half a year, what was sent of them for a quarter. The audit is never pruned.</summary>
internal sealed class PruneNotices(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : IUnfinishedWork
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    public static readonly TimeSpan DeliveriesKeptFor = TimeSpan.FromDays(90);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    private DateTimeOffset _next;

    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() is var now && now < _next)
            return;
        _next = now + Interval;
        await HandleAsync(cancellationToken);
    }

    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var (before, sent) = (clock.GetUtcNow() - KeptFor, clock.GetUtcNow() - DeliveriesKeptFor);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // What still waits, or is held for a digest, is on its way whatever its age, and its event with it. What else hangs on an event goes with it.
        await db.Set<NoticeEvent>()
            .Where(x => x.At < before && x.SentOutAt != null && !db.Set<Delivery>().Any(y => y.EventId == x.Id && (y.State == DeliveryState.Waiting || y.State == DeliveryState.Held)))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Set<Delivery>().Where(x => x.CreatedAt < sent && x.State != DeliveryState.Waiting && x.State != DeliveryState.Held).ExecuteDeleteAsync(cancellationToken);
    }
}
