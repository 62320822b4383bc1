namespace MigrationPortal.Engine.Files;

/// <summary>
/// Work on a share that may hang inside a call which no token reaches. Whoever cancels waits a moment for it to end by itself, then goes
/// on without it: such a call keeps its thread until the system answers it, and the step after it finds its token cancelled.
/// </summary>
internal static class FileWork
{
    // Half of the two seconds within which a run is paused or stopped.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var running = Task.Run(work, cancellationToken);
        try
        {
            return await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(_grace, CancellationToken.None));
            if (!running.IsCompleted) throw;
        }
        return await running;
    }
}
