using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Data;

/// <summary>What waits, and who is told why.</summary>
/// <param name="Name">For the log: <c>run 7</c>.</param>
internal sealed record Waiting(string Name)
{
    /// <summary>Without any progress; null waits until somebody stops it.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>Between two tries.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Any number that changes with every bit of progress.</summary>
    public Func<long> Progress { get; init; } = () => 0;

    /// <summary>Shows a sentence to people. It may fail while the portal's database is away.</summary>
    public Func<Wording, CancellationToken, Task>? TellAsync { get; init; }

    /// <summary>The sentence for whoever waits until another run has given the new pool free; null says what the engine says.</summary>
    public Func<CancellationToken, Task<Wording>>? TurnAsync { get; init; }
}

/// <summary>
/// The one way to wait for a server that is away, the portal's own or a chat pool's: the same work again, after a growing pause, until
/// it is done. So whatever is waited out must be able to start from its top at any moment.
/// </summary>
internal sealed partial class WaitOut(TimeProvider time, ILogger<WaitOut> logger)
{
    /// <summary>The resource of the sentence that says why something waits, and for how long.</summary>
    public const string Retry = "Wait.Retry";

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    private static readonly Refusal PortalDatabaseAway = new("portal-database", RefusalKind.Unavailable);

    private int _waitingForPortal;

    /// <summary>Something waits for the portal's own database at this moment.</summary>
    public bool IsPortalAway => Volatile.Read(ref _waitingForPortal) > 0;

    /// <summary>Called on any thread when <see cref="IsPortalAway"/> may have changed. Must return at once.</summary>
    public Action? AwayChanged { get; set; }

    /// <returns>What the work answers, or a refusal of kind Unavailable after <see cref="Waiting.GiveUpAfter"/>.</returns>
    public async Task<Outcome<T>> DoAsync<T>(Waiting waiting, Func<CancellationToken, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        var backoff = new RetryBackoff(time, waiting.GiveUpAfter, waiting.Longest);
        while (true)
        {
            var outcome = await TryAsync(waiting, work, cancellationToken);
            if (outcome.Refusal is not { } refusal || !(refusal.Kind == RefusalKind.Unavailable || IsTurn(refusal)))
                return outcome;
            // Another run on the same database is no fault: its end is waited for, however long it takes.
            var wait = IsTurn(refusal) ? Turn : backoff.Next(waiting.Progress());
            if (wait is not { } delay)
                return refusal with { Wording = new Wording("Wait.GivenUp", (long)Math.Round(waiting.GiveUpAfter!.Value.TotalMinutes), refusal) };
            LogWaits(logger, waiting.Name, refusal.Code, delay);
            await RestAsync(waiting, refusal, delay, cancellationToken);
        }
    }

    /// <summary>For work that needs nothing but the portal's own database: waits until that is back.</summary>
    public async Task<T> DoAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var outcome = await DoAsync<Done<T>>(new Waiting(name), async token => new Done<T>(await work(token)), cancellationToken);
        return outcome.Value!.Value;
    }

    public Task DoAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken) => DoAsync(
        name,
        async token =>
        {
            await work(token);
            return true;
        },
        cancellationToken);

    private async Task<Outcome<T>> TryAsync<T>(Waiting waiting, Func<CancellationToken, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken);
        }
        catch (Exception failure) when (Outage.Is(failure) && !cancellationToken.IsCancellationRequested)
        {
            LogAway(logger, waiting.Name, failure);
            return PortalDatabaseAway;
        }
    }

    private async Task RestAsync(Waiting waiting, Refusal refusal, TimeSpan delay, CancellationToken cancellationToken)
    {
        var isPortal = refusal == PortalDatabaseAway;
        Count(isPortal ? 1 : 0);
        try
        {
            await TellAsync(waiting, refusal, delay, cancellationToken);
            await Task.Delay(delay, time, cancellationToken);
        }
        finally
        {
            Count(isPortal ? -1 : 0);
        }
    }

    private void Count(int more)
    {
        if (more != 0 && Interlocked.Add(ref _waitingForPortal, more) is 0 or 1)
            AwayChanged?.Invoke();
    }

    private async Task TellAsync(Waiting waiting, Refusal refusal, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (waiting.TellAsync is not { } tell)
            return;
        try
        {
            var isTurn = IsTurn(refusal) && waiting.TurnAsync is not null;
            await tell(isTurn ? await waiting.TurnAsync!(cancellationToken) : new Wording(Retry, refusal, (long)Math.Round(delay.TotalSeconds)), cancellationToken);
        }
        catch (Exception failure) when (Outage.Is(failure) && !cancellationToken.IsCancellationRequested)
        {
            LogAway(logger, waiting.Name, failure);
        }
    }

    private static bool IsTurn(Refusal refusal) => refusal.Code == RunLock.InProgress;

    private sealed record Done<T>(T Value);

    [LoggerMessage(LogLevel.Warning, "{Name} waits ({Reason}) for {Delay}")]
    private static partial void LogWaits(ILogger logger, string name, string reason, TimeSpan delay);

    [LoggerMessage(LogLevel.Debug, "{Name}: the portal database failed")]
    private static partial void LogAway(ILogger logger, string name, Exception exception);
}

/// <summary>Waits longer after each failure, up to a limit, and starts over as soon as something moved in between.</summary>
internal sealed class RetryBackoff(TimeProvider time, TimeSpan? giveUpAfter, TimeSpan longest)
{
    private static readonly int[] Seconds = [1, 2, 4, 8, 15, 30];

    private long _done = -1;
    private long _since;
    private int _failures;

    /// <returns>Null when there was no progress for too long.</returns>
    public TimeSpan? Next(long done)
    {
        if (done != _done)
            (_done, _since, _failures) = (done, time.GetTimestamp(), 0);
        if (time.GetElapsedTime(_since) >= giveUpAfter && _failures > 0)
            return null;
        var wait = TimeSpan.FromSeconds(Seconds[Math.Min(_failures++, Seconds.Length - 1)]);
        return wait < longest ? wait : longest;
    }
}
