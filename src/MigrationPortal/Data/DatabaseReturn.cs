using Microsoft.EntityFrameworkCore;

namespace MigrationPortal.Data;

/// <summary>Waits until the portal's own database answers again, where nothing else has a reason to ask it.</summary>
internal sealed class DatabaseReturn(WaitOut waitOut, IDbContextFactory<PortalDbContext> databases) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _isWatching;

    /// <summary>Lets <see cref="WaitOut.IsPortalAway"/> be true until the database answers. Returns at once; one watch at a time.</summary>
    public void Watch()
    {
        if (Interlocked.CompareExchange(ref _isWatching, 1, 0) == 0)
            _ = WatchAsync();
    }

    public Task WaitAsync(CancellationToken cancellationToken) => waitOut.DoAsync("The portal's database", AskAsync, cancellationToken);

    private async Task WatchAsync()
    {
        try
        {
            await WaitAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
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
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("select 1", cancellationToken);
    }
}
