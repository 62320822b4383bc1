namespace MigrationPortal.Jobs;

/// <summary>
/// A portal can be killed between committing a start and scheduling its job. At start and twice a minute, what should be worked on is
/// scheduled again; what has a job already stays as it is.
/// </summary>
internal sealed partial class JobSweep(
    JobEngine engine, JobQueue jobs, IEnumerable<IUnfinishedWork> unfinished, TimeProvider time, ILogger<JobSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await engine.SchedulerAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var work in unfinished)
            await work.EnqueueAsync(jobs, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Looking for work without a job failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
