using MigrationPortal.Start;

namespace MigrationPortal.Data;

/// <summary>Starts the private server again when somebody killed it; PostgreSQL then recovers by itself.</summary>
internal sealed partial class PrivatePostgresWatch(PortalDatabase database, TimeProvider clock, ILogger<PrivatePostgresWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Server is not { } server)
            return;
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (server.IsAlive)
                continue;
            try
            {
                await server.EnsureRunningAsync(stoppingToken);
                Restarted();
            }
            catch (StartupRefusedException refusal)
            {
                StillDown(refusal.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The private PostgreSQL was gone and has been started again.")]
    private partial void Restarted();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private partial void StillDown(string reason);
}
