using Microsoft.AspNetCore.Components;
using MigrationPortal.Data;
using MigrationPortal.Presence;

namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>
/// What others did since the reader looked at the batch last: what was so when the page was opened counts, until the reader dismisses it. What is on the
/// screen for two seconds is looked at.
/// </summary>
public sealed partial class SinceLooked
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(2);

    // What is below waits no longer than a person notices.
    private static readonly TimeSpan _longestWait = TimeSpan.FromMilliseconds(300);

    private CancellationTokenSource? _looking;
    private BatchView? _read;
    private bool _isFound;
    private SincePoint? _point;
    private BatchSince? _since;
    private string _sentence = "";
    private bool _isOpen;
    private bool _isTold;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    /// <summary>Whether the plan, or the card that decides about it, is on the screen.</summary>
    [Parameter] public bool IsPlanShown { get; set; }

    /// <summary>It is known for the first time whether anything is shown, or takes too long to find out.</summary>
    [Parameter] public EventCallback OnTold { get; set; }

    [Inject] internal SinceQueries Queries { get; set; } = null!;

    [Inject] internal SinceText Text { get; set; } = null!;

    [Inject] internal MarkSeenHandler Mark { get; set; } = null!;

    [Inject] internal CircuitPresence Presence { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    private bool HasLines => _since?.Change is { IsEmpty: false } || _since?.MoreMessages > 0;

    protected override void Dispose(bool disposing)
    {
        _looking?.Cancel();
        _looking?.Dispose();
        base.Dispose(disposing);
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            _ = InvokeAsync(TellLateAsync);
    }

    protected override async Task OnParametersSetAsync()
    {
        await ReadAsync();
        await TellAsync();
    }

    private async Task ReadAsync()
    {
        if (!RendererInfo.IsInteractive || View.Plan is null || ReferenceEquals(_read, View) || Gone.IsCancellationRequested)
            return;
        var view = _read = View;
        var cancel = Gone;
        try
        {
            if (!_isFound)
                _point = await Queries.FindSeenAsync(view.Batch.Id, view.Caller, cancel);
            _isFound = true;
            var now = await Queries.ReadAsync(view.Batch.Id, _point ?? new("", view.Batch.Version, 0, default), view.Caller, cancel);
            if (!ReferenceEquals(_read, view) || now is null)
                return;
            _sentence = _point is null ? "" : await Text.TellAsync(now, cancel);
            _since = _point is null ? null : now;
            if (IsPlanShown)
                Look(view, now.Now);
        }
        catch (Exception failure) when (failure is OperationCanceledException || Outage.Is(failure))
        {
            // The page itself says that the database is away, and reads again.
            _read = null;
        }
    }

    private async Task TellAsync()
    {
        if (_isTold || !RendererInfo.IsInteractive || Gone.IsCancellationRequested)
            return;
        _isTold = true;
        await OnTold.InvokeAsync();
    }

    private async Task TellLateAsync()
    {
        try
        {
            await Task.Delay(_longestWait, Time, Gone);
            await TellAsync();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Closed before.
        }
    }

    // A newer plan begins its two seconds again.
    private void Look(BatchView view, SincePoint shown)
    {
        _looking?.Cancel();
        _looking?.Dispose();
        _looking = new();
        _ = InvokeAsync(() => MarkAsync(view, shown, _looking.Token));
    }

    private async Task MarkAsync(BatchView view, SincePoint shown, CancellationToken cancel)
    {
        try
        {
            do
            {
                await Task.Delay(_look, Time, cancel);
            }
            while (Presence.IsHidden);
            await Mark.HandleAsync(view.Batch.Id, shown, view.Caller, cancel);
        }
        catch (Exception failure) when (failure is OperationCanceledException || Outage.Is(failure))
        {
            // Not looked at for long enough, or told once more the next time.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private void Dismiss() => (_point, _since, _isOpen) = (_since is { } since ? since.Now with { At = Time.GetUtcNow() } : _point, null, false);
}
