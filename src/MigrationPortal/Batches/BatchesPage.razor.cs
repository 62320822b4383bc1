using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches;

public sealed partial class BatchesPage
{
    private Page<BatchRow>? _page;
    private IReadOnlyDictionary<BatchState, int> _counts = new Dictionary<BatchState, int>();
    private string? _pair;
    private string? _problem;

    [Inject] internal BatchQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery] public int Skip { get; set; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "batch");

    private static long Percent(long done, long all) => all == 0 ? 100 : done * 100 / all;

    protected override async Task LoadAsync()
    {
        var pair = await CurrentPair.FindAsync(Gone);
        _problem = pair is null && Pair is not null ? L["There is no pool pair “{0}”; choose one above.", Pair].Value : null;
        _pair = pair?.Id;
        var states = Words.Find<BatchState>(State) is { } state ? new[] { state } : null;
        _counts = await Queries.CountStatesAsync(_pair, Gone);
        _page = await Queries.ListAsync(new BatchFilter(_pair, states), Paging.Of(Skip, null), Gone);
    }
}
