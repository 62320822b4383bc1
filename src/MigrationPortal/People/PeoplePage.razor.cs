using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.People;

public sealed partial class PeoplePage
{
    private static readonly TimeSpan _typingPause = TimeSpan.FromMilliseconds(250);

    private Page<PersonRow>? _page;
    private PeopleCounts? _counts;
    private IReadOnlyDictionary<Guid, long> _rooms = new Dictionary<Guid, long>();
    private string? _pair;
    private string? _problem;
    private int _turn;

    [Inject] internal PeopleQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery] public string? Mark { get; set; }

    [SupplyParameterFromQuery] public string? Search { get; set; }

    [SupplyParameterFromQuery] public int Skip { get; set; }

    private PersonMark? Chosen => Api.Words.Find<PersonMark>(Mark);

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair", _pair);

    private async Task SearchAsync(ChangeEventArgs change)
    {
        var turn = ++_turn;
        await Task.Delay(_typingPause, Time);
        if (turn == _turn)
            Navigation.NavigateTo(Urls.PeopleBy(Mark, (change.Value as string)?.Trim(), pair: Pair), replace: true);
    }

    protected override async Task LoadAsync()
    {
        var pair = await CurrentPair.FindAsync(Gone);
        _problem = pair is null ? L["NoPair", Pair ?? ""].Value : null;
        _pair = pair?.Id;
        if (pair is null)
            return;
        var filter = new PeopleFilter(pair.Id, Search, Chosen);
        _page = await Queries.ListAsync(filter, Paging.Of(Skip, null), Gone);
        _rooms = await Queries.CountRoomsAsync(pair.Id, [.. _page.Items.Select(x => x.Guid)], Gone);
        _counts = await Queries.CountAsync(filter, Gone);
    }
}
