using Microsoft.EntityFrameworkCore;

namespace MigrationPortal.Data;

/// <summary>Waits until the portal's own database answers again, where nothing else has a reason to ask it.</summary>
internal sealed class DatabaseReturn : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    // Its own: a source that was disposed gives none.
    private readonly CancellationToken _stopped;
    private readonly WaitOut _waitOut;
    private readonly IDbContextFactory<PortalDbContext> _databases;
    private int _isWatching;

    public DatabaseReturn(WaitOut waitOut, IDbContextFactory<PortalDbContext> databases) => (_waitOut, _databases, _stopped) = (waitOut, databases, _stopping.Token);

    /// <summary>Lets <see cref="WaitOut.IsPortalAway"/> be true until the database answers. Returns at once; one watch at a time, and none once the portal stops.</summary>
    public void Watch()
    {
        if (!_stopped.IsCancellationRequested && Interlocked.CompareExchange(ref _isWatching, 1, 0) == 0)
            _ = WatchAsync();
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _waitOut.DoAsync("The portal's database", AskAsync, cancellationToken);

    private async Task WatchAsync()
    {
        try
        {
            await WaitAsync(_stopped);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The portal stops: nobody waits for its database any more.
        }
        finally
        {
            Volatile.Write(ref _isWatching, 0);
        }
    }

    public void Dispose()
    {
        if (_stopped.IsCancellationRequested)
            return;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("select 1", cancellationToken);
    }
}
