using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms.Browsing;

public sealed partial class RoomsPage
{
    private PoolPair? _pair;
    private IReadOnlyList<RoomCount>? _counts;
    private IReadOnlyList<string> _categories = [];
    private IReadOnlyList<BatchChoice> _batches = [];
    private (string Pair, long? Scan)? _chosenFrom;
    private string? _disabledReasonPlan;
    private string? _disabledReasonAccept;
    private int _version;

    [Inject] internal RoomQueries Queries { get; set; } = null!;

    [Inject] internal IRoomBatches Batching { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    private ChosenColumns Columns => new(
        [("privacy", L["Privacy"]), ("people", L["People"]), ("managers", L["Managers"]), ("last", L["LastMessage"]), ("batch", L["Batch"])], RoomGrid.Usual, Address.List);

    private long Total => _counts?.Where(IsCounted).Sum(x => x.Rooms) ?? 0;

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair", Pair);

    protected override RoomsAddress Read(Uri address) => RoomsAddress.Of(address);

    protected override RoomsAddress WithoutRow(RoomsAddress address) => address with { Room = null };

    // What is selected is of one pair.
    protected override async Task<string?> FindPairAsync()
    {
        var pair = await CurrentPair.FindAsync(Gone);
        if (pair?.Id != _pair?.Id)
            Unselect(_selected.ToArray());
        _pair = pair;
        return pair?.Id;
    }

    protected override object KeyOf(RoomRow row) => row.Id;

    protected override async Task<Page<RoomRow>> ListAsync(RoomsAddress address, string? pair, CancellationToken cancellationToken)
    {
        if (pair is null)
        {
            _counts = [];
            return new(0, []);
        }

        var filter = Filter(pair, address);
        var rows = Queries.ListAsync(filter, Paging.Of(address.Skip, address.List.Take), cancellationToken);
        var counts = Queries.CountAsync(filter, cancellationToken);
        await Task.WhenAll(rows, counts);
        _counts = await counts;
        return new(Total, await rows);
    }

    protected override async Task ReadBesideAsync(RoomsAddress address, IReadOnlyList<RoomRow> rows, CancellationToken cancellationToken)
    {
        var caller = await CurrentCaller.GetAsync();
        _disabledReasonPlan = Rights.RequireIn(caller, "plan-rooms", Pair, Role.Planner)?.Message;
        _disabledReasonAccept = Rights.RequireIn(caller, "accept-difference", Pair, Role.Planner, Role.Approver)?.Message;
        if (_pair is not { } pair)
            return;
        // Anybody may have made another one since.
        _batches = await Batching.ListAsync(pair.Id, cancellationToken);
        // The first scan, or a later one, may bring other categories.
        if (_chosenFrom != (pair.Id, pair.CurrentScanId))
            (_categories, _chosenFrom) = (await Queries.ListCategoriesAsync(pair.Id, cancellationToken), (pair.Id, pair.CurrentScanId));
    }

    // The room in the side pane is read again with each change.
    protected override async Task RefreshAsync()
    {
        await base.RefreshAsync();
        await JudgeAsync();
        _version++;
        StateHasChanged();
    }

    private bool IsCounted(RoomCount count) => Address.Comparisons.Count == 0 || Address.Comparisons.Contains(count.Comparison);

    private void Peek(long roomId) => Go(Address with { Room = roomId });
}
