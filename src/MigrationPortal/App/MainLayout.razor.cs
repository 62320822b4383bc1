using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Setup;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.App;

public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private string? _page;
    private IReadOnlyList<PoolPair> _pairs = [];
    private PoolPair? _pair;
    private IReadOnlyDictionary<string, long> _counts = new Dictionary<string, long>();
    private bool _isNavOpen = true;
    private bool _coversPage;
    private bool _isLoaded;
    private bool _isWidthKnown;

    [Inject] internal PoolPairQueries PairQueries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal Samples.SampleProgress Samples { get; set; } = null!;

    [Inject] internal NavCounts Counts { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    /// <summary>The page.</summary>
    [Parameter] public RenderFragment? Body { get; set; }

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = null!;

    private string Here => new Uri(Navigation.Uri).PathAndQuery;

    protected override Task OnInitializedAsync()
    {
        // Drawn before the first parameters are set, while the frame's own figures are read.
        OnParametersSet();
        Navigation.LocationChanged += OnLocationChanged;
        return RendererInfo.IsInteractive ? ReadAsync() : LoadAsync();
    }

    // Another batch or room is another page: it never shows, or acts on, what the one before it read. Worked out with each new page, not when the frame is drawn again.
    protected override void OnParametersSet() => _page = new Uri(Navigation.Uri).AbsolutePath;

    // Samples bring their pair while pages are open already; everything else changes the counts.
    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair") || topic is "reviews" or MigrationPortal.Samples.SampleProgress.Topic or MigrationPortal.Inbox.Marks.InboxMarks.Topic;

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnLocationChanged;
        base.Dispose(disposing);
    }

    // A page that failed must not take the next one with it.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs args)
    {
        _boundary?.Recover();
        _isNavOpen &= !_coversPage;
        _ = InvokeAsync(async () =>
        {
            try
            {
                await ReadAsync();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                await DispatchExceptionAsync(failure);
            }
        });
    }

    protected override async Task LoadAsync()
    {
        _pairs = await PairQueries.ListAsync(Gone);
        _isLoaded = true;
        if (RendererInfo.IsInteractive && _pairs.Count == 0 && !Samples.IsMaking && Setup.FirstRun.LeadsAway(new Uri(Navigation.Uri).AbsolutePath))
            Navigation.NavigateTo(Urls.Setup());
        _pair = CurrentPair.RequestedId is { } id ? _pairs.FirstOrDefault(pair => pair.Id == id) : _pairs.Count > 0 ? _pairs[0] : null;
        if (RendererInfo.IsInteractive && _pair is not null && (await Authentication).User.Identity?.IsAuthenticated == true)
            _counts = await Counts.CountAsync(_pair.Id, await CurrentCaller.GetAsync(), Gone);
    }

    private void Recover() => _boundary?.Recover();

    // In a narrow window the drawer closes itself once it knows the width. Until then it is hidden and counts as open: the button would close it.
    private void OnDrawerChanged(bool isOpen) => (_isNavOpen, _isWidthKnown) = (isOpen, true);

    // The menu button is there only where the navigation covers the page: it closes with the next page.
    private void ToggleNav() => (_isNavOpen, _coversPage) = (!_isNavOpen, true);
}
