namespace MigrationPortal.Tests.Shared;

/// <summary>Waits for a condition instead of for time; a test that waits half a minute in vain fails with what it last saw.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> read, Func<T, bool> holds) where T : class
    {
        using var timeout = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (true)
        {
            if (await read() is { } value && holds(value))
                return value;
            try
            {
                await timer.WaitForNextTickAsync(timeout.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"Still not so after {Limit}: {await read()}", exception);
            }
        }
    }
}
