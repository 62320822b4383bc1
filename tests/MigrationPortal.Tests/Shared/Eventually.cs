namespace MigrationPortal.Tests.Shared;

/// <summary>Waits for a condition instead of for time; a test that waits in vain fails with what it last saw.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static Task TrueAsync(Func<Task<bool>> condition) => IsAsync(condition, x => x);

    /// <summary>What there is not yet is waited for, too.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> read, Func<T, bool> holds) where T : class =>
        (await IsAsync(read, x => x is not null && holds(x)))!;

    public static async Task<T> IsAsync<T>(Func<Task<T>> read, Func<T, bool> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var value = await read();
            if (holds(value))
                return value;
            Assert.False(limit.IsCancellationRequested, $"Still not so after {Limit}: {value}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
