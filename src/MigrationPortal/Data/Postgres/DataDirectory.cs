using MigrationPortal.App;
using MigrationPortal.Start;

namespace MigrationPortal.Data.Postgres;

/// <summary>The directory that holds everything the portal keeps, locked for one portal for as long as it lives.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode Traversable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream _lock;

    private DataDirectory(string path, string? user, string? notice, FileStream @lock) => (Path, User, Notice, _lock) = (path, user, notice, @lock);

    public string Path { get; }

    public string Cluster => ClusterIn(Path);

    /// <summary>Whom the database server runs as; null is the portal's own user.</summary>
    public string? User { get; }

    /// <summary>One sentence when the data went somewhere else than asked.</summary>
    public string? Notice { get; }

    public static async Task<DataDirectory> OpenAsync(string path, bool isDefault, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path);
        var user = await ServerUser.ChooseAsync(ClusterIn(path), cancellationToken);
        string? notice = null;
        if (!await PrepareAsync(path, user, cancellationToken))
        {
            if (!isDefault)
                throw new StartupRefusedException($"The user {user}, who runs the database, cannot enter {path}: let that user enter the directories above it, or choose another with --data.");
            var elsewhere = $"/var/lib/migrationportal/{SocketDirectory.Hash(path)}";
            notice = $"The user {user}, who runs the database, cannot enter {path}, so the data is kept in {elsewhere}.";
            path = elsewhere;
            user = await ServerUser.ChooseAsync(ClusterIn(path), cancellationToken);
            await PrepareAsync(path, user, cancellationToken);
        }

        return new(path, user, notice, Lock(path));
    }

    public void Dispose() => _lock.Dispose();

    private static string ClusterIn(string path) => System.IO.Path.Combine(path, "postgres");

    private static async Task<bool> PrepareAsync(string path, string? user, CancellationToken cancellationToken)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path);
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(path, Traversable);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw NotWritable(path);
        }

        return await ServerUser.CanReachAsync(user, path, cancellationToken);
    }

    // The lock goes with the process, however it ends.
    private static FileStream Lock(string path)
    {
        try
        {
            return new(System.IO.Path.Combine(path, "portal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw NotWritable(path);
        }
        catch (IOException) when (File.Exists(System.IO.Path.Combine(path, "portal.lock")))
        {
            throw new StartupRefusedException($"Another portal is using the data directory {path}: stop it, or give this one a directory of its own with --data.");
        }
        catch (IOException)
        {
            throw NotWritable(path);
        }
    }

    private static StartupRefusedException NotWritable(string path) =>
        new($"The user {Environment.UserName} cannot write to the data directory {path}: let that user write there, or choose another with --data.");
}
