using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using Npgsql;

namespace MigrationPortal.Live;

/// <summary>A connection to the portal's database for LISTEN or NOTIFY, opened again two seconds after whatever cut it off.</summary>
internal sealed partial class NodeConnection(IDbContextFactory<PortalDbContext> databases, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>This process, to its neighbours.</summary>
    public static string NewNodeName() => $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():n}";

    /// <param name="work">Does not end by itself; begun again with each connection.</param>
    public async Task KeepAsync(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(cancellationToken);
                // Of its own: a listening connection must not go back to the pool.
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, KeepAlive = 30 }.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                await work(connection, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever a driver throws where its connection is cut: news must not stop for the rest of the process's life.
                LogCutOff(logger, exception.GetType().Name);
                await Task.Delay(RetryInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "News from and to the other nodes are cut off ({Reason}); trying again")]
    private static partial void LogCutOff(ILogger logger, string reason);
}
