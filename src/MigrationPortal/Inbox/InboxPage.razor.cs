using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.Inbox;

public sealed partial class InboxPage
{
    private IReadOnlyList<InboxLine>? _lines;
    private InboxLine? _shown;
    private string? _asked;
    private string? _pair;

    [Inject] internal InboxQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _asked = LineOf(Navigation.Uri);
        if (!RendererInfo.IsInteractive)
            return;
        Navigation.LocationChanged += OnLocationChanged;
        await ReadAsync();
    }

    protected override bool Follows(string topic) => topic == "reviews" || LiveFeed.IsOf(topic, "batch");

    protected override async Task LoadAsync()
    {
        _pair = (await CurrentPair.FindAsync(Gone))?.Id;
        _lines = await Queries.ListAsync(_pair, await CurrentCaller.GetAsync(), Gone);
        Show();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Navigation.LocationChanged -= OnLocationChanged;
    }

    private static string? LineOf(string uri) => QueryHelpers.ParseQuery(new Uri(uri).Query).TryGetValue("line", out var line) ? line.ToString() : null;

    // A line that was asked for and is gone was settled: that is said, and another one is not put in its place.
    private void Show() => _shown = _asked is not null ? _lines?.FirstOrDefault(x => x.Key == _asked) : _lines is [var first, ..] ? first : null;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
    {
        if (new Uri(args.Location).AbsolutePath != Urls.Inbox())
            return;
        _asked = LineOf(args.Location);
        Show();
        StateHasChanged();
    });

    private void Select(string key) => Navigation.NavigateTo(Urls.Inbox(_pair, key), replace: true);
}
