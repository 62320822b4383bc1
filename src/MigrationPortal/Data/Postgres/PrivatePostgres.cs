using MigrationPortal.App;
using MigrationPortal.Start;
using Npgsql;

namespace MigrationPortal.Data.Postgres;

/// <summary>
/// A PostgreSQL of the portal's own: no port, one socket that only its user and root can open. It outlives a killed portal on
/// purpose; the next start adopts it. No parent-death signal: those follow the thread that started the process, not the process.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly DataDirectory _data;
    private readonly PostgresBinaries _binaries;
    private readonly IReadOnlyList<string> _settings;
    private int _isStopped;

    private PrivatePostgres(DataDirectory data, PostgresBinaries binaries, IReadOnlyList<string> settings)
    {
        (_data, _binaries, _settings) = (data, binaries, settings);
        Socket = SocketDirectory.For(data.Path);
    }

    public string Socket { get; private set; }

    public string Directory => _data.Path;

    public string? Notice => _data.Notice;

    /// <summary>True when the server was already there, left by a portal that was killed.</summary>
    public bool IsAdopted { get; private set; }

    public int? ProcessId => PostmasterFile.Read(_data.Cluster)?.ProcessId;

    public bool IsAlive => PostmasterFile.Read(_data.Cluster) is { IsAlive: true };

    /// <param name="settings">Further server settings (<c>name=value</c>), for tests and benches.</param>
    public static async Task<PrivatePostgres> StartAsync(
        string directory, bool isDefaultDirectory = false, IReadOnlyList<string>? settings = null, CancellationToken cancellationToken = default)
    {
        var data = await DataDirectory.OpenAsync(directory, isDefaultDirectory, cancellationToken);
        try
        {
            var binaries = PostgresBinaries.Choose(PostgresBinaries.Installed(), data.Cluster);
            var server = new PrivatePostgres(data, binaries, settings ?? []);
            await PrivateCluster.CreateAsync(data, binaries, cancellationToken);
            await server.EnsureRunningAsync(cancellationToken);
            return server;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = Socket,
        Database = database,
        Username = "portal",
        MaxPoolSize = 30,
    }.ConnectionString;

    public async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        if (PostmasterFile.Read(_data.Cluster) is { IsAlive: true } running && await AnswersAsync(running, cancellationToken))
        {
            Socket = running.SocketDirectory;
            IsAdopted = true;
            return;
        }

        await SocketDirectory.PrepareAsync(Socket, _data.User, cancellationToken);
        var result = await PgCtlAsync(["start", "-w", "-t", "60", "-l", Path.Combine(_data.Cluster, "server.log"), "-o", ServerSettings.For(Socket, _settings)], cancellationToken);
        // pg_ctl also fails when a server left by a killed portal is still recovering: only the socket tells.
        if (!result.Succeeded && !await AnswersInTimeAsync(cancellationToken))
            throw new StartupRefusedException($"The portal's own PostgreSQL in {_data.Cluster} does not start: {await PrivateCluster.LastLogLineAsync(_data.Cluster) ?? result.LastLine}");
    }

    /// <summary>Fast stop; the file lock says that no other portal uses the server.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
            return;
        if (IsAlive && !(await PgCtlAsync(["stop", "-m", "fast", "-w", "-t", "30"])).Succeeded)
            await PgCtlAsync(["stop", "-m", "immediate", "-w", "-t", "10"]);
        _data.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private Task<CommandResult> PgCtlAsync(IEnumerable<string> arguments, CancellationToken cancellationToken = default) =>
        ServerCommand.RunAsync(_data.User, _binaries.Tool("pg_ctl"), ["-D", _data.Cluster, .. arguments], cancellationToken);

    private async Task<bool> AnswersInTimeAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        while (PostmasterFile.Read(_data.Cluster) is { IsAlive: true } running)
        {
            if (await AnswersAsync(running, cancellationToken))
            {
                Socket = running.SocketDirectory;
                return true;
            }

            if (timeout.IsCancellationRequested)
                return false;
            await Task.Delay(20, cancellationToken);
        }

        return false;
    }

    // Both sides read the same file: a path may lead to one directory by several names.
    private static async Task<bool> AnswersAsync(PostmasterFile expected, CancellationToken cancellationToken)
    {
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = expected.SocketDirectory,
            Database = "postgres",
            Username = "portal",
            Pooling = false,
            Timeout = 5,
        };
        try
        {
            await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select pg_read_file('postmaster.pid')", connection);
            var itsOwn = PostmasterFile.Parse(((string)(await command.ExecuteScalarAsync(cancellationToken))!).Split('\n'));
            return itsOwn == expected;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }
}
