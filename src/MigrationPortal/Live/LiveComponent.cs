using Microsoft.AspNetCore.Components;
using MigrationPortal.Ui;

namespace MigrationPortal.Live;

/// <summary>
/// A page, or a part of one, that shows what changes elsewhere. It listens from before its first await until it is disposed, also when
/// it is closed while it still loads.
/// </summary>
public abstract class LiveComponent : PortalComponent
{
    private IDisposable? _subscription;
    private Task? _reading;
    private bool _isStale;

    [Inject] internal LiveFeed Feed { get; set; } = null!;

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

    /// <summary>Ends with what is being read, however that ends.</summary>
    protected async Task ReadingAsync()
    {
        if (_reading is { IsCompleted: false } reading)
            await reading.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Reads again at each interval, as after a change, for what no topic tells, until nobody sees this any more.</summary>
    protected async Task ReadEveryAsync(TimeSpan interval, TimeProvider time, Func<bool> isNeeded)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(Gone))
            {
                if (isNeeded())
                    await InvokeAsync(HearAsync);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Closed.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (Gone.IsCancellationRequested)
            return;
        _subscription?.Dispose();
        base.Dispose(disposing);
    }

    private async Task ReadUntilFreshAsync()
    {
        while (_isStale)
        {
            _isStale = false;
            await Outages.WaitAsync(GetType().Name, LoadAsync, Gone);
            StateHasChanged();
        }
    }

    private async Task HearAsync()
    {
        try
        {
            if (!Gone.IsCancellationRequested)
                await Outages.WaitAsync(GetType().Name, RefreshAsync, Gone);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Closed while it read.
        }
    }
}
