namespace MigrationPortal.Jobs;

/// <summary>A feature's work that should have a job: looked at by the sweep at start and twice a minute.</summary>
internal interface IUnfinishedWork
{
    /// <summary>Schedules a job for each; what has one already stays as it is.</summary>
    Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken);
}
