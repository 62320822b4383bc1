using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Freezes;
using MigrationPortal.Inbox.Marks;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Inbox;

public sealed partial class InboxPage
{
    private IReadOnlyList<InboxLine>? _all;
    private IReadOnlyList<InboxLine>? _lines;
    private bool _hasSnoozed;
    private InboxLine? _shown;
    private string? _asked;
    private string? _pair;
    // The pool pair that the address named when the lines were read.
    private string? _requested;

    [CascadingParameter] public Clock Zone { get; set; } = Clock.Utc;

    [Inject] public required TimeProvider Now { get; set; }

    [Inject] internal InboxQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    protected override async Task OnInitializedAsync()
    {
        (_asked, _hasSnoozed) = Asked(Navigation.Uri);
        if (!RendererInfo.IsInteractive)
            return;
        Navigation.LocationChanged += OnLocationChanged;
        await ReadAsync();
    }

    protected override bool Follows(string topic) => topic is "reviews" or InboxMarks.Topic or SetFreezeHandler.Topic || LiveFeed.IsOf(topic, "batch");

    protected override async Task LoadAsync()
    {
        _requested = CurrentPair.RequestedId;
        _pair = (await CurrentPair.FindAsync(Gone))?.Id;
        _all = await Queries.ListAsync(_pair, await CurrentCaller.GetAsync(), Gone);
        Show();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Navigation.LocationChanged -= OnLocationChanged;
    }

    private string DueText(DateTimeOffset due) => due <= Now.GetUtcNow() ? L["DueSince", Zone.DateTime(due)] : L["DueBy", Zone.DateTime(due)];

    private int SnoozedCount => _all?.Count(x => x.Snooze is not null) ?? 0;

    private static (string? Line, bool HasSnoozed) Asked(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return (query.TryGetValue("line", out var line) ? line.ToString() : null, query.ContainsKey("snoozed"));
    }

    // A line that was asked for and is gone was settled: that is said, and another one is not put in its place.
    private void Show()
    {
        _lines = _all is null || _hasSnoozed ? _all : [.. _all.Where(x => x.Snooze is null)];
        _shown = _asked is not null ? _all?.FirstOrDefault(x => x.Key == _asked) : _lines is [var first, ..] ? first : null;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (new Uri(args.Location).AbsolutePath != Urls.Inbox())
            return;
        (_asked, _hasSnoozed) = Asked(args.Location);
        if (CurrentPair.RequestedId != _requested)
        {
            await ReadAsync();
            return;
        }

        Show();
        StateHasChanged();
    });

    private void ShowFirst() => Navigation.NavigateTo(Urls.Inbox(_pair, null, _hasSnoozed), replace: true);
}
