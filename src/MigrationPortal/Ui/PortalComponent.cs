using Microsoft.AspNetCore.Components;
using MigrationPortal.Data;

namespace MigrationPortal.Ui;

/// <summary>
/// What every page is, and every part of one. While the portal's own database does not answer, reading waits in it and is done again, and
/// a click says that it may not have been done, instead of ending the page.
/// </summary>
public abstract class PortalComponent : ComponentBase, IHandleEvent, IDisposable
{
    private CancellationTokenSource? _gone;
    private Task? _reading;
    private bool _isStarted;
    private bool _isInitialized;
    private bool _isGone;

    [Inject] internal PageOutages Outages { get; set; } = null!;

    /// <summary>Cancelled when nobody sees this any more.</summary>
    protected CancellationToken Gone => _isGone ? new(canceled: true) : (_gone ??= new()).Token;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        // Only the first setting initializes: a parent that draws again before that ends sets parameters alone.
        var isFirst = !_isStarted;
        _isStarted = true;
        var setting = base.SetParametersAsync(parameters);
        if (!setting.IsCompletedSuccessfully)
            return SetWhenAnsweredAsync(setting, isFirst);
        _isInitialized |= isFirst;
        return setting;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_isGone)
            return;
        _isGone = true;
        _gone?.Cancel();
        _gone?.Dispose();
    }

    // As ComponentBase does it, except for the outage.
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem callback, object? arg)
    {
        var handling = callback.InvokeAsync(arg);
        var isRunning = handling.Status is not (TaskStatus.RanToCompletion or TaskStatus.Canceled);
        StateHasChanged();
        if (!isRunning)
            return;
        try
        {
            await handling;
        }
        catch (Exception) when (handling.IsCanceled)
        {
            return;
        }
        catch (Exception failure) when (Outage.IsOfPortal(failure))
        {
            Outages.TellNotDone();
        }

        StateHasChanged();
    }

    private async Task SetWhenAnsweredAsync(Task setting, bool isFirst)
    {
        try
        {
            await setting;
            _isInitialized |= isFirst;
        }
        catch (Exception failure) when (RendererInfo.IsInteractive && Outage.IsOfPortal(failure))
        {
            if (_isGone)
                return;
            // Shows what it shows while it loads.
            StateHasChanged();
            await (_reading is { IsCompleted: false } ? _reading : _reading = ReadAgainAsync());
        }
    }

    private async Task ReadAgainAsync()
    {
        await Outages.WaitAsync(GetType().Name, SetAgainAsync, Gone);
        StateHasChanged();
    }

    private async Task SetAgainAsync()
    {
        if (!_isInitialized)
            await OnInitializedAsync();
        _isInitialized = true;
        await OnParametersSetAsync();
    }
}
