namespace MigrationPortal.Ui.Typing;

/// <summary>Waits until a person has stopped typing: another key takes back what the one before it asked for.</summary>
internal sealed class TypingPause(TimeProvider time, TimeSpan? length = null) : IDisposable
{
    // After the last key: fast enough to feel at once, slow enough not to search for every letter.
    private static readonly TimeSpan _length = TimeSpan.FromMilliseconds(150);

    private CancellationTokenSource _last = new();

    /// <param name="act">Not called where another key followed, or the page is gone.</param>
    public Task ThenAsync(Action act) => ThenAsync(() =>
    {
        act();
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="ThenAsync(Action)"/>
    public async Task ThenAsync(Func<Task> act)
    {
        await _last.CancelAsync();
        _last.Dispose();
        _last = new CancellationTokenSource();
        try
        {
            await Task.Delay(length ?? _length, time, _last.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await act();
    }

    public void Dispose()
    {
        _last.Cancel();
        _last.Dispose();
    }
}
