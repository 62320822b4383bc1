using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Api;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.People;

public sealed partial class PeoplePage
{
    private PeopleAddress _address = new();
    private PeopleAddress? _shown;
    private Page<PersonRow>? _page;
    private PeopleCounts? _counts;
    private IReadOnlyDictionary<Guid, long> _rooms = new Dictionary<Guid, long>();
    private string? _pair;
    private string? _problem;
    private bool _hasMoved;
    private TypingPause? _typing;

    [Inject] internal PeopleQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _address = PeopleAddress.Of(new Uri(Navigation.Uri));
        if (!RendererInfo.IsInteractive)
            return;
        Navigation.LocationChanged += OnLocationChanged;
        await ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair", _pair);

    protected override async Task LoadAsync()
    {
        var address = _address;
        var pair = await CurrentPair.FindAsync(Gone);
        _problem = pair is null && address.Pair is { } unknown ? L["NoPair", unknown].Value : null;
        _pair = pair?.Id;
        if (pair is null)
        {
            _page = new(0, []);
            return;
        }

        await ShowAsync(address, await Queries.ListAsync(address.ToFilter(pair.Id), Paging.Of(address.Skip, address.List.Take), Gone));
        (_shown, _hasMoved) = (address with { Person = null }, false);
    }

    /// <summary>A scan or a plan changed something: cells change in place, but rows wait to be moved until they are asked to.</summary>
    protected override async Task RefreshAsync()
    {
        if (_shown is null || _page is null || _pair is null)
        {
            await ReadAsync();
            return;
        }

        var page = await Queries.ListAsync(_shown.ToFilter(_pair), Paging.Of(_shown.Skip, _shown.List.Take), Gone);
        if (_page.Total > 0 && !page.Items.Select(x => x.Guid).SequenceEqual(_page.Items.Select(x => x.Guid)))
            _hasMoved = true;
        else
            await ShowAsync(_shown, page);
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Navigation.LocationChanged -= OnLocationChanged;
        _typing?.Dispose();
    }

    private async Task ShowAsync(PeopleAddress address, Page<PersonRow> page)
    {
        _rooms = await Queries.CountRoomsAsync(_pair!, [.. page.Items.Select(x => x.Guid)], Gone);
        _counts = await Queries.CountAsync(address.ToFilter(_pair!), Gone);
        _page = page;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (new Uri(args.Location).AbsolutePath != Urls.People())
            return;
        _address = PeopleAddress.Of(new Uri(args.Location));
        StateHasChanged();
        if (_shown?.ToString() != (_address with { Person = null }).ToString())
            await ReadAsync();
    });

    private Task SearchAsync(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() =>
        Navigation.NavigateTo((_address with { Search = text.Trim() is { Length: > 0 } typed ? typed : null, Skip = 0, Person = null }).ToString(), replace: true));
}
