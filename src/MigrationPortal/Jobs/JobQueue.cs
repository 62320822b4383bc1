using System.Globalization;
using Quartz;

namespace MigrationPortal.Jobs;

/// <summary>How a use case asks for work that must survive this process. A job's key is the id of what it works on.</summary>
internal sealed class JobQueue(JobEngine engine)
{
    /// <returns>False when a job with that key is already there, here or on another node: scheduling is the claim.</returns>
    public async Task<bool> EnqueueAsync<TJob>(string key, CancellationToken cancellationToken) where TJob : IJob
    {
        var scheduler = await engine.SchedulerAsync(cancellationToken);
        try
        {
            await scheduler.ScheduleJob(JobFor<TJob>(key), NowFor<TJob>(key), cancellationToken: cancellationToken);
            return true;
        }
        catch (ObjectAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>One job for each that has none yet.</summary>
    public async Task EnqueueEachAsync<TJob>(IEnumerable<long> ids, CancellationToken cancellationToken) where TJob : IJob
    {
        foreach (var id in ids)
            await EnqueueAsync<TJob>(id.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    /// <summary>Makes sure that the job runs once more from now on, after the present one should that still be on its way out.</summary>
    public async Task EnqueueAgainAsync<TJob>(string key, CancellationToken cancellationToken) where TJob : IJob
    {
        var scheduler = await engine.SchedulerAsync(cancellationToken);
        while (!await EnqueueAsync<TJob>(key, cancellationToken))
        {
            try
            {
                await scheduler.ScheduleJob(NowFor<TJob>(key), cancellationToken: cancellationToken);
                return;
            }
            catch (JobPersistenceException) when (!cancellationToken.IsCancellationRequested)
            {
                // The job ended between the two calls: the key is free now.
                if (await scheduler.Exists(KeyOf<TJob>(key), cancellationToken))
                    throw;
            }
        }
    }

    private static IJobDetail JobFor<TJob>(string key) where TJob : IJob =>
        JobBuilder.Create<TJob>().WithIdentity(KeyOf<TJob>(key)).RequestRecovery().Build();

    private static ITrigger NowFor<TJob>(string key) => TriggerBuilder.Create().ForJob(KeyOf<TJob>(key)).StartNow().Build();

    private static JobKey KeyOf<TJob>(string key) => new(key, typeof(TJob).Name);
}
