using System.Data.Common;
using Npgsql;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Bounds the waits that drivers leave open: they close synchronously, read what is left of an answer while they do, and ask a silent
/// server whether it took note of a cancellation. What does not end in time goes on by itself until the driver's own time limit.
/// </summary>
internal static class ServerWait
{
    /// <summary>A server that answers at all answers sooner.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Closes something of a connection; answers whether that ended in time.</summary>
    public static async Task<bool> CloseAsync(Func<ValueTask> close)
    {
        // On another thread, since closing may block before it first waits.
        var closing = Task.Run(async () => await close());
        try
        {
            await closing.WaitAsync(Limit, TimeProvider.System);
            return true;
        }
        catch (TimeoutException) when (!closing.IsCompleted)
        {
            Forget(closing);
            return false;
        }
    }

    /// <summary>Closes a reader. One that is not at its end cancels its command first: closing would wait for every row that is left.</summary>
    public static Task<bool> CloseAsync(DbCommand command, DbDataReader reader, bool isAtEnd) => CloseAsync(async () =>
    {
        // PostgreSQL's driver cannot cancel here without ending the transaction as well.
        if (!isAtEnd && command.Connection is not NpgsqlConnection) command.Cancel();
        await reader.DisposeAsync();
    });

    /// <summary>Runs <paramref name="work"/>; once it was cancelled, a server that says nothing holds the caller no longer than <see cref="Limit"/>.</summary>
    /// <remarks>A commit that is left to itself may still happen: whoever goes on reads the target first, as after a kill.</remarks>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled) return await work();
        var running = Task.Run(work, CancellationToken.None);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.UnsafeRegister(_ => cancelled.TrySetResult(), null);
        if (await Task.WhenAny(running, cancelled.Task) == running) return await running;
        try
        {
            return await running.WaitAsync(Limit, TimeProvider.System, CancellationToken.None);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            Forget(running);
            throw new OperationCanceledException(cancellationToken);
        }
    }

    // Its failure is nobody's any more.
    private static void Forget(Task task) => _ = task.ContinueWith(
        x => _ = x.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
