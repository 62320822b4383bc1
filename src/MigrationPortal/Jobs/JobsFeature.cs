using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Lists;
using MigrationPortal.Ui;
using Npgsql;
using Quartz;

namespace MigrationPortal.Jobs;

internal static class JobsFeature
{
    public const string Schema = "jobs";

    // Two seconds each: a lost node's work goes on elsewhere after five to seven.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "portal";
                scheduler.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("n")[..6]}";
                scheduler.IdleWaitTime = Heartbeat;
                // A stopping node hands its work back at once instead of being found dead later.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            // Jobs wait far more than they compute: runs that stand in a queue for one pool must leave room for scans.
            quartz.UseDefaultThreadPool(32);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = OpenPortalDatabase);
                store.ProvisionSchema();
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = Heartbeat;
                    cluster.CheckinMisfireThreshold = Heartbeat;
                });
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = $"{Schema}.qrtz_";
                    options.RecoverFiringsCancelledByShutdown = true;
                });
            });
        });
        return services
            .AddSingleton<JobEngine>()
            .AddHostedService(provider => provider.GetRequiredService<JobEngine>())
            .AddSingleton<JobQueue>()
            .AddSingleton<JobLines>()
            .AddSingleton<JobsFile>()
            .AddAdministrationPlace("jobs", 5, "jobs")
            .AddHostedService<JobSweep>();
    }

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs/export", (string? format, JobsFile file, CancellationToken cancel) => file.Answer(format, cancel)).WithTags("Jobs").ProducesFile();
        return api;
    }

    // Asked for when the scheduler is made, which is after the portal database is there.
    private static NpgsqlDataSource OpenPortalDatabase(IServiceProvider services)
    {
        using var db = services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        return NpgsqlDataSource.Create(db.Database.GetConnectionString()!);
    }
}
