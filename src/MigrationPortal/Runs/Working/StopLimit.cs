namespace MigrationPortal.Runs.Working;

/// <summary>How long work that was told to stop may still take, whatever a server or a file does.</summary>
internal static class StopLimit
{
    /// <summary>Longer than a driver waits for the answer to a cancelled statement, and than a page of messages takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <param name="stopped">Completes when somebody said so.</param>
    /// <returns>False when the work did not end in time.</returns>
    public static async Task<bool> EndsAsync(Task work, Task stopped, TimeProvider time)
    {
        await Task.WhenAny(work, stopped);
        using var inTime = new CancellationTokenSource();
        if (!work.IsCompleted)
            await Task.WhenAny(work, Task.Delay(Limit, time, inTime.Token));
        await inTime.CancelAsync();
        return work.IsCompleted;
    }
}
