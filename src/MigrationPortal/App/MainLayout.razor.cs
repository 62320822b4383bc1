using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Administration;

namespace MigrationPortal.App;

public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private IReadOnlyList<PoolPair> _pairs = [];
    private PoolPair? _pair;

    [Inject] internal PoolPairQueries PairQueries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    private string Here => new Uri(Navigation.Uri).PathAndQuery;

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        await LoadAsync();
    }

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    // A page that failed must not take the next one with it.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs args)
    {
        _boundary?.Recover();
        _ = InvokeAsync(async () =>
        {
            try
            {
                await LoadAsync();
                StateHasChanged();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                await DispatchExceptionAsync(failure);
            }
        });
    }

    private async Task LoadAsync()
    {
        _pairs = await PairQueries.ListAsync(CancellationToken.None);
        _pair = CurrentPair.RequestedId is { } id ? _pairs.FirstOrDefault(pair => pair.Id == id) : _pairs.Count > 0 ? _pairs[0] : null;
    }

    private void Recover() => _boundary?.Recover();
}
