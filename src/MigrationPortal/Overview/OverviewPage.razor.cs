using Microsoft.AspNetCore.Components;
using MigrationPortal.Administration;
using MigrationPortal.App;
using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.SignIn;

namespace MigrationPortal.Overview;

public sealed partial class OverviewPage : IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private PoolPair? _pair;
    private OverviewPicture? _picture;
    private bool _isLoaded;

    [SupplyParameterFromQuery(Name = "pair")] public string? PairId { get; set; }

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal OverviewQueries Queries { get; set; } = null!;

    [Inject] internal LiveFeed Feed { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || (_isLoaded && (PairId is null || PairId == _pair?.Id)))
            return;
        _pair = await CurrentPair.FindAsync(CancellationToken.None);
        Dispose();
        if (_pair is not null)
        {
            foreach (var topic in new[] { $"pair:{_pair.Id}", $"scan:{_pair.Id}", "batch:", "reviews" })
                _subscriptions.Add(Feed.Subscribe(topic, () => InvokeAsync(LoadAsync)));
        }

        await LoadAsync();
        _isLoaded = true;
    }

    public void Dispose()
    {
        _subscriptions.ForEach(x => x.Dispose());
        _subscriptions.Clear();
    }

    private async Task LoadAsync()
    {
        _pair = await CurrentPair.FindAsync(CancellationToken.None);
        _picture = _pair?.CurrentScanId is null ? null : await Queries.LookAsync(_pair.Id, await CurrentCaller.GetAsync(), CancellationToken.None);
        StateHasChanged();
    }

    private static long Percent(BatchRow batch) =>
        batch.TotalMessageCount is > 0 ? Math.Clamp((batch.CopiedMessageCount ?? 0) * 100 / batch.TotalMessageCount.Value, 0, 100) : 0;
}
