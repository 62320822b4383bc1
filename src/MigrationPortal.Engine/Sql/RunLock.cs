namespace MigrationPortal.Engine.Sql;

/// <summary>Exclusive right to write into one new pool's database, held by a connection of its own. Disposing gives it back.</summary>
public sealed class RunLock : IAsyncDisposable
{
    /// <summary>Code of the refusal while another run, of any portal, holds the lock: it passes when that run ends.</summary>
    public const string InProgress = "run-in-progress";

    private readonly ChatSession _session;
    private readonly Func<ChatSession, CancellationToken, Task<bool>> _holds;
    private readonly SemaphoreSlim _oneQuestionAtATime = new(1, 1);

    internal RunLock(ChatSession session, Func<ChatSession, CancellationToken, Task<bool>> holds) => (_session, _holds) = (session, holds);

    /// <summary>Null while the lock is held; otherwise why it is not, for instance because its connection was cut.</summary>
    public async Task<Refusal?> CheckAsync(CancellationToken cancellationToken)
    {
        await _oneQuestionAtATime.WaitAsync(cancellationToken);
        try
        {
            var held = await _session.Dialect.GuardAsync<bool>(
                _session.Database, async () => await _holds(_session, cancellationToken), cancellationToken);
            return held switch
            {
                { IsDone: false } => held.Refusal,
                { Value: false } => new Refusal("lock-lost", RefusalKind.Unavailable),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return new Refusal("lock-lost.cut", RefusalKind.Unavailable);
        }
        finally
        {
            _oneQuestionAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _oneQuestionAtATime.Dispose();
    }
}
