using Microsoft.AspNetCore.Components;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Overview;

public sealed partial class OverviewPage
{
    private PoolPair? _pair;
    private OverviewPicture? _picture;
    private bool _isLoaded;
    private string? _requested;

    [SupplyParameterFromQuery(Name = "pair")] public string? PairId { get; set; }

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [CascadingParameter] public Clock Zone { get; set; } = Clock.Utc;

    [Inject] internal OverviewQueries Queries { get; set; } = null!;

    protected override Task OnParametersSetAsync() => _isLoaded && PairId == _requested ? Task.CompletedTask : ReadAsync();

    protected override bool Follows(string topic) =>
        LiveFeed.IsOf(topic, "pair", _pair?.Id) || LiveFeed.IsOf(topic, "scan", _pair?.Id) || LiveFeed.IsOf(topic, "batch") || LiveFeed.IsOf(topic, "cut-over", _pair?.Id) || topic is "reviews" or MigrationPortal.Inbox.Marks.InboxMarks.Topic;

    protected override async Task LoadAsync()
    {
        _requested = PairId;
        _pair = await CurrentPair.FindAsync(Gone);
        var caller = await CurrentCaller.GetAsync();
        _picture = _pair?.CurrentScanId is null ? null : await Queries.ReadAsync(_pair.Id, caller, Gone);
        _isLoaded = true;
    }

    // Neither excluded rooms are migrated, nor those that stood in the new pool already.
    private long Moved(Func<RoomCount, long> count) => _picture!.Places.Where(x => x.Key != Place.LeftOut).Sum(x => count(x.Value)) - count(_picture.ThereBefore);

    private string Name(string kind) => Events[kind] is { ResourceNotFound: false } text ? text.Value : Events["Other"];
}
