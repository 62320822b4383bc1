using Quartz;

namespace MigrationPortal.Jobs;

/// <summary>
/// Starts the scheduler while pages are served already. The portal database is open and up to date by then. Everything a
/// node was doing when it was lost is then started again here or on another node.
/// </summary>
internal sealed partial class JobEngine(
    ISchedulerFactory schedulers,
    TimeProvider time,
    ILogger<JobEngine> logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<IScheduler> _scheduler = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsStarted => _scheduler.Task.IsCompletedSuccessfully;

    public Task<IScheduler> SchedulerAsync(CancellationToken cancellationToken) => _scheduler.Task.WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await StartSchedulerAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotYet(logger, exception.Message);
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (IsStarted)
            await (await _scheduler.Task).Shutdown(waitForJobsToComplete: false, cancellationToken);
        _scheduler.TrySetCanceled(CancellationToken.None);
    }

    private async Task StartSchedulerAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.Start(cancellationToken);
        _scheduler.TrySetResult(scheduler);
    }

    [LoggerMessage(LogLevel.Information, "The job engine waits for the portal database: {Reason}")]
    private static partial void LogNotYet(ILogger logger, string reason);
}
