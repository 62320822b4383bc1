using Microsoft.AspNetCore.Components;
using MigrationPortal.Data;

namespace MigrationPortal.Live;

/// <summary>
/// A page, or a part of one, that shows what changes elsewhere. It listens from before its first await until it is disposed, also when
/// it is closed while it still loads; and it waits where the portal's database is away, instead of failing.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    // An open page looks again soon after the database is back.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _subscription;
    private Task? _reading;
    private bool _isStale;

    protected LiveComponent() => Gone = _gone.Token;

    [Inject] internal LiveFeed Feed { get; set; } = null!;

    [Inject] internal WaitOut WaitOut { get; set; } = null!;

    /// <summary>Cancelled when nobody sees this any more.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>
    /// Whether a change of that topic (see <see cref="LiveFeed"/>) concerns what is shown. Asked on any thread; what does not know yet
    /// what it will show follows everything that it may.
    /// </summary>
    protected abstract bool Follows(string topic);

    /// <summary>Reads what is shown, as the parameters stand now; repeated after each change and after an outage.</summary>
    protected abstract Task LoadAsync();

    /// <summary>How what follows a change or the first look is read; a page that keeps rows in place overrides it.</summary>
    protected virtual Task RefreshAsync() => ReadAsync();

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            _subscription = Feed.Subscribe(Follows, () => InvokeAsync(HearAsync));
    }

    /// <summary>Calls <see cref="LoadAsync"/>; once more where something changed while it read. Nothing happens while prerendering.</summary>
    protected Task ReadAsync()
    {
        if (!RendererInfo.IsInteractive || Gone.IsCancellationRequested)
            return Task.CompletedTask;
        _isStale = true;
        return _reading is { IsCompleted: false } ? _reading : _reading = ReadUntilFreshAsync();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (Gone.IsCancellationRequested)
            return;
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task ReadUntilFreshAsync()
    {
        while (_isStale)
        {
            _isStale = false;
            await WaitOut.DoAsync(new Waiting(GetType().Name) { Longest = LongestWait }, LoadOnceAsync, Gone);
            StateHasChanged();
        }
    }

    private async Task<Engine.Outcome<bool>> LoadOnceAsync(CancellationToken cancellationToken)
    {
        await LoadAsync();
        return true;
    }

    private async Task HearAsync()
    {
        try
        {
            if (!Gone.IsCancellationRequested)
                await RefreshAsync();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Closed while it read.
        }
    }
}
