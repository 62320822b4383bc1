using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Administration;
using MigrationPortal.Live;
using MigrationPortal.SignIn;

namespace MigrationPortal.App;

public sealed partial class MainLayout : IDisposable
{
    private static readonly string[] Topics = ["pair:", "reviews", "samples"];

    private ErrorBoundary? _boundary;
    private IReadOnlyList<PoolPair> _pairs = [];
    private PoolPair? _pair;
    private IReadOnlyDictionary<string, long> _counts = new Dictionary<string, long>();
    private readonly List<IDisposable> _subscriptions = [];

    [Inject] internal PoolPairQueries PairQueries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal NavCounts Counts { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal LiveFeed Feed { get; set; } = null!;

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = null!;

    private string Here => new Uri(Navigation.Uri).PathAndQuery;

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        await LoadAsync();
        // Samples bring their pair while pages are open already; everything else changes the counts.
        if (RendererInfo.IsInteractive)
            _subscriptions.AddRange(Topics.Select(topic => Feed.Subscribe(topic, () => InvokeAsync(RefreshAsync))));
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _subscriptions.ForEach(x => x.Dispose());
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

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
        if (RendererInfo.IsInteractive && _pair is not null && (await Authentication).User.Identity?.IsAuthenticated == true)
            _counts = await Counts.CountAsync(_pair.Id, await CurrentCaller.GetAsync(), CancellationToken.None);
    }

    private void Recover() => _boundary?.Recover();
}
