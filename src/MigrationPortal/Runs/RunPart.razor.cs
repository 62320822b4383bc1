using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Lists;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Runs;

/// <summary>
/// One run, live: figures, what is wrong, and its rooms in groups. Drawn at most once a second, and at once when the run changes its state.
/// While the pointer is over the rooms they keep their place: cells change, and a new order waits until it is asked for.
/// </summary>
public sealed partial class RunPart
{
    // Announced at most this often: somebody listens to it.
    private static readonly TimeSpan SpeechInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrawInterval = TimeSpan.FromSeconds(1);
    // In a run of small rooms every row of the waiting ones can be another one each second: more than can be read, and half of what is sent.
    private static readonly TimeSpan WaitingInterval = TimeSpan.FromSeconds(2);

    private const int PageLength = 50;

    private readonly MovingRows _moving = new();
    private readonly Dictionary<RunGroup, int> _limits = new() { [RunGroup.Failed] = PageLength, [RunGroup.Waiting] = PageLength, [RunGroup.Done] = 0 };
    private RunView? _run;
    private RunTotals _totals = RunTotals.None;
    private RunPace _pace = RunPace.None;
    private RunRows _rows = RunRows.None;
    private RunRows? _waiting;
    private RunRoomsAddress _address = new();
    private RunListener? _watch;
    private ITimer? _clock;
    private readonly HashSet<long> _selected = [];
    private bool _missing;
    private bool _isHeld;
    private bool _isDirty;
    private long _watched;
    private string _spoken = "";
    private DateTimeOffset _spokenAt;
    private DateTimeOffset _drawnAt;
    private DateTimeOffset _waitingAt;
    private TypingPause? _typing;

    [Parameter, EditorRequired] public long RunId { get; set; }

    /// <summary>Told whenever the run itself changed, not its rooms.</summary>
    [Parameter] public Action<RunView>? OnMoved { get; set; }

    /// <summary>What can be done with the rooms that failed.</summary>
    [Parameter] public RenderFragment? OfFailed { get; set; }

    [Inject] internal RunFeed Runs { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    private bool HasFiles => _totals.TotalFileCount > 0;

    // Nothing has a rate, or time left, once the run is over.
    private ChosenColumns Columns => new(
        [("progress", L["Progress"]), ("messages", L["Messages"]), .. HasFiles ? [("files", L["Files"])] : Array.Empty<(string, string)>(), ("rate", L["Rate"]), ("left", L["TimeLeft"]), ("verification", L["Verification"])],
        _run?.State.IsFinal() == true ? ["progress", "messages", "files", "verification"] : ["progress", "messages", "files", "rate", "left", "verification"], _address.List);

    // What somebody asks for is open.
    private RunWindow Window => new(
        _address.Search, _address.Group, _address.Grade, _address.Failure, _limits[RunGroup.Failed], _limits[RunGroup.Waiting],
        _limits[RunGroup.Done] == 0 && (_address.Group == RunGroup.Done || _address.Grade is not null || _address.Difference is not null || _address.Search is not null) ? PageLength : _limits[RunGroup.Done])
    {
        Difference = _address.Difference,
    };

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _address = RunRoomsAddress.Of(new Uri(Navigation.Uri));
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override Task OnParametersSetAsync()
    {
        if (_watched == RunId)
        {
            List(isAsked: true);
            return Task.CompletedTask;
        }

        _watched = RunId;
        _selected.Clear();
        return ReadAsync();
    }

    // The run's own feed tells what changed; it listens before it reads.
    protected override bool Follows(string topic) => false;

    protected override Task RefreshAsync() => Task.CompletedTask;

    protected override async Task LoadAsync()
    {
        _watch?.Dispose();
        _watch = null;
        // Its rooms are asked for by group, so no line of any room is sent by itself.
        var watch = await Runs.WatchAsync(RunId, change => InvokeAsync(() => Take(change)), Gone, rows: 0);
        _missing = watch is null;
        if (watch is null)
            return;
        // Closed while the first picture was read.
        if (Gone.IsCancellationRequested)
        {
            watch.Subscription.Dispose();
            return;
        }

        _watch = watch.Subscription;
        Show(watch.Snapshot.Run, watch.Snapshot.Totals, watch.Snapshot.Pace);
        List(isAsked: true);
        // What came too soon after the last drawing, and a stall, which is the absence of changes.
        _clock ??= Time.CreateTimer(_ => _ = InvokeAsync(Tick), null, DrawInterval, DrawInterval);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Navigation.LocationChanged -= OnLocationChanged;
        _watch?.Dispose();
        _clock?.Dispose();
        _typing?.Dispose();
    }

    private void Take(RunChange change)
    {
        var hasMoved = _run?.State != change.Run.State;
        Show(change.Run, change.Totals, change.Pace);
        _isDirty = true;
        if (hasMoved || Time.GetUtcNow() - _drawnAt >= DrawInterval)
            Draw();
    }

    private void Tick()
    {
        if (_isDirty || _pace.StalledSince is not null)
            Draw();
    }

    private void Draw()
    {
        (_isDirty, _drawnAt) = (false, Time.GetUtcNow());
        List(isAsked: false);
        StateHasChanged();
    }

    /// <param name="isAsked">The person asked for other rows; else a new order waits while the pointer is over them.</param>
    private void List(bool isAsked)
    {
        if (_watch is null)
            return;
        var rows = _watch.List(Window);
        if (isAsked || Time.GetUtcNow() - _waitingAt >= WaitingInterval)
            _waitingAt = Time.GetUtcNow();
        else
            // What is left out now is drawn by the next tick.
            (rows, _isDirty) = (rows.WithWaiting(_rows), true);
        if (rows.Groups.FirstOrDefault(x => x.Group == RunGroup.Moving) is { } moving)
            _moving.Take(moving.Lines, Time.GetUtcNow());
        _waiting = !isAsked && _isHeld && !rows.HasOrderOf(_rows) ? rows : null;
        _rows = _waiting is null ? rows : _rows.With(rows);
    }

    private void SelectAll() => _selected.UnionWith(_watch?.ListRooms(Window) ?? []);

    private void ShowFailure(string? failure) => Go(_address with { Failure = failure });

    private void ShowDifference(string? difference) => Go(_address with { Difference = difference });

    private void ShowWaiting() => List(isAsked: true);

    private void Hold() => _isHeld = true;

    private void Release()
    {
        _isHeld = false;
        ShowWaiting();
    }

    private void Toggle(RunGroup group)
    {
        var key = group == RunGroup.Skipped ? RunGroup.Failed : group;
        _limits[key] = _limits[key] > 0 ? 0 : PageLength;
        List(isAsked: true);
    }

    private void ShowMore(RunGroup group)
    {
        _limits[group == RunGroup.Skipped ? RunGroup.Failed : group] += 4 * PageLength;
        List(isAsked: true);
    }

    private void ShowOnly(RunGroup? group) => Go(_address with { Group = group });

    private void ShowGrade(Grade? grade) => Go(_address with { Grade = grade });

    private Task Search(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() =>
        Go(_address with { Search = text.Length == 0 ? null : text }));

    private void Go(RunRoomsAddress address) => Navigation.NavigateTo(address.ToString(), replace: true);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
    {
        var address = RunRoomsAddress.Of(new Uri(args.Location));
        if (Gone.IsCancellationRequested || address.Page != _address.Page || address == _address)
            return;
        _address = address;
        List(isAsked: true);
        StateHasChanged();
    });

    private void Show(RunView run, RunTotals totals, RunPace pace)
    {
        var hasMoved = _run?.State != run.State;
        var hasChanged = hasMoved || _run?.MessagesPerSecond != run.MessagesPerSecond;
        (_run, _totals, _pace) = (run, totals, pace);
        var now = Time.GetUtcNow();
        if (hasMoved || now - _spokenAt >= SpeechInterval)
        {
            _spoken = L["Spoken", L[$"State.{run.State}"].Value, Numbers.Group(totals.Proven), Numbers.Group(totals.Rooms), Numbers.Group(totals.VerifiedMessageCount), Numbers.Group(totals.TotalMessageCount)];
            _spokenAt = now;
        }

        if (hasChanged)
            OnMoved?.Invoke(run);
    }

    private static string Short(string fingerprint) =>
        fingerprint.Length > 8 ? string.Create(CultureInfo.InvariantCulture, $"{fingerprint[..4]} {fingerprint[4..8]}") : fingerprint;
}
