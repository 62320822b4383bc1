using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.People;

public sealed partial class PersonPage
{
    private PersonView? _view;
    private int _skip;
    private PoolPair? _pair;
    private bool _isMissing;
    private string? _problem;
    private string? _read;

    [Parameter] public Guid Guid { get; set; }

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "skip")] public string? SkipText { get; set; }

    private int Skip => QueryNumber.Skip(SkipText);

    [Inject] internal PersonQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    private string CurrentTab => Tab is "rooms" or "account" ? Tab : "changes";

    private TabItem[] Items =>
    [
        new("changes", L["Changes"], Numbers.Group(_view!.Changes.Total), _view.Changes.Total == 0 ? null : Tone.Warn),
        new("rooms", L["Places"], Numbers.Group(_view.Places.Total)),
        new("account", L["Account"]),
    ];

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair", _pair?.Id);

    protected override Task OnParametersSetAsync() => _read == Asked ? Task.CompletedTask : ReadAsync();

    protected override async Task LoadAsync()
    {
        var (asked, guid, tab, skip) = (Asked, Guid, CurrentTab, Skip);
        _pair = await CurrentPair.FindAsync(Gone);
        _problem = _pair is null && Pair is { } unknown ? L["NoPair", unknown].Value : null;
        var start = Paging.Of(0, null);
        (_view, _skip) = _pair is { } pair
            ? await Paging.Of(skip, null).ReadAsync(
                x => Queries.FindAsync(pair.Id, guid, tab == "rooms" ? x : start, tab == "changes" ? x : start, Gone),
                x => (tab == "rooms" ? x?.Places.Total : x?.Changes.Total) ?? 0)
            : (null, 0);
        (_isMissing, _read) = (_view is null && _problem is null, asked);
    }

    private string Asked => $"{Pair} {Guid} {CurrentTab} {Skip}";
}
