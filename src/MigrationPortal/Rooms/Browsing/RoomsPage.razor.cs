using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.Rooms.Browsing;

public sealed partial class RoomsPage
{
    private readonly HashSet<long> _selected = [];
    private RoomsAddress _address = new();
    private RoomFilter? _loaded;
    private int _loadedSkip = -1;
    private PoolPair? _pair;
    private IReadOnlyList<RoomRow>? _rows;
    private IReadOnlyList<RoomCount>? _counts;
    private IReadOnlyList<string> _categories = [];
    private IReadOnlyList<BatchChoice> _batches = [];
    private string? _problem;
    private string? _disabledReasonPlan;
    private bool _hasMoved;
    private int _version;
    private CancellationTokenSource _loading = new();
    private TypingPause? _typing;

    [Inject] internal RoomQueries Queries { get; set; } = null!;

    [Inject] internal IRoomBatches Batching { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    private IReadOnlyList<(string Key, string Title)> ColumnTitles => [("privacy", L["Privacy"]), ("people", L["People"]), ("managers", L["Managers"]), ("last", L["LastMessage"]), ("batch", L["Batch"])];

    private long Total => _counts?.Where(IsCounted).Sum(x => x.Rooms) ?? 0;

    protected override async Task OnInitializedAsync()
    {
        _address = RoomsAddress.Of(new Uri(Navigation.Uri));
        if (!RendererInfo.IsInteractive)
            return;

        Navigation.LocationChanged += OnLocationChanged;
        await ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair", _pair?.Id);

    protected override async Task LoadAsync()
    {
        _disabledReasonPlan = Rights.Require(await CurrentCaller.GetAsync(), Role.Planner, "plan-rooms")?.Message;
        await FollowAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Navigation.LocationChanged -= OnLocationChanged;
        _loading.Cancel();
        _loading.Dispose();
        _typing?.Dispose();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (new Uri(args.Location).AbsolutePath != Urls.Rooms())
            return;
        _address = RoomsAddress.Of(new Uri(args.Location));
        StateHasChanged();
        await WaitOut.DoAsync(nameof(RoomsPage), _ => FollowAsync(), Gone);
        StateHasChanged();
    });

    /// <summary>Loads what the address asks for, if that is not what is shown already.</summary>
    private async Task FollowAsync()
    {
        if (_pair is null || (_address.Pair is { } wanted && wanted != _pair.Id))
            await OpenPairAsync();
        if (_pair is null)
            (_rows, _counts) = ([], []);
        else if (_loaded is null || !IsLoaded(_address.ToFilter(_pair.Id)))
            await LoadRowsAsync();
    }

    private bool IsLoaded(RoomFilter filter) => _loadedSkip == _address.Skip && _address with { Room = null } == Shown && _loaded!.PoolPairId == filter.PoolPairId;

    private RoomsAddress? Shown { get; set; }

    private async Task OpenPairAsync()
    {
        _selected.Clear();
        _pair = await CurrentPair.FindAsync(Gone);
    }

    private async Task ReloadAsync()
    {
        await OpenPairAsync();
        if (_pair is not null)
            await LoadRowsAsync();
        StateHasChanged();
    }

    private async Task LoadRowsAsync()
    {
        await _loading.CancelAsync();
        _loading.Dispose();
        _loading = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        var token = _loading.Token;
        var filter = _address.ToFilter(_pair!.Id);
        var (shown, skip) = (_address with { Room = null }, _address.Skip);
        try
        {
            var isNewPair = _loaded?.PoolPairId != filter.PoolPairId;
            var rows = Queries.ListAsync(filter, Paging.Of(skip, shown.List.Take), token);
            var counts = Queries.CountAsync(filter, token);
            await Task.WhenAll(rows, counts);
            (_rows, _counts) = (await rows, await counts);
            (_loaded, _loadedSkip, Shown, _problem, _hasMoved) = (filter, skip, shown, null, false);
            if (isNewPair)
                (_categories, _batches) = (await Queries.ListCategoriesAsync(_pair.Id, token), await Batching.ListAsync(_pair.Id, token));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A newer address is being loaded; it will show its rows.
        }
        catch (Exception failure) when (Outage.Is(failure))
        {
            _problem = L["DatabaseAway"];
            StateHasChanged();
            throw;
        }
    }

    /// <summary>Somebody else changed something: cells change in place, but rows wait to be moved until they are asked to.</summary>
    protected override async Task RefreshAsync()
    {
        if (_loaded is null || _problem is not null)
        {
            await ReadAsync();
            return;
        }

        var rows = await Queries.ListAsync(_loaded, Paging.Of(_loadedSkip, Shown?.List.Take), _loading.Token);
        _counts = await Queries.CountAsync(_loaded, _loading.Token);
        if (_rows is not null && rows.Select(x => x.Id).SequenceEqual(_rows.Select(x => x.Id), StringComparer.Ordinal))
            _rows = rows;
        else
            _hasMoved = true;
        _version++;
        StateHasChanged();
    }

    private bool IsCounted(RoomCount count) => _address.Comparisons.Count == 0 || _address.Comparisons.Contains(count.Comparison);

    private Task Search(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() =>
        Navigation.NavigateTo((_address with { Search = text.Length == 0 ? null : text, Skip = 0, Room = null }).ToString(), replace: true));
}
