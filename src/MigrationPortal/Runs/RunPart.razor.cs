using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Runs;

/// <summary>
/// One run, live: figures, what is wrong, and its rooms in groups. Drawn at most once a second, and at once when the run changes its state.
/// While the pointer is over the rooms they keep their place: cells change, and a new order waits until it is asked for.
/// </summary>
public sealed partial class RunPart
{
    private static readonly TimeSpan DrawInterval = TimeSpan.FromSeconds(1);

    private RunView? _run;
    private RunTotals _totals = RunTotals.None;
    private RunPace _pace = RunPace.None;
    private RunListener? _watch;
    private ITimer? _clock;
    private bool _missing;
    private bool _isDirty;
    private long _watched;
    private DateTimeOffset _drawnAt;

    [Parameter, EditorRequired] public long RunId { get; set; }

    /// <summary>Told whenever the run itself changed, not its rooms.</summary>
    [Parameter] public Action<RunView>? OnMoved { get; set; }

    /// <summary>What can be done with the rooms that failed.</summary>
    [Parameter] public RenderFragment? OfFailed { get; set; }

    [Inject] internal RunFeed Runs { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(RunRoomsAddress.Of(new Uri(Navigation.Uri)));
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
        _seen.Clear();
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

    private void Show(RunView run, RunTotals totals, RunPace pace)
    {
        var hasChanged = _run?.State != run.State || _run?.MessagesPerSecond != run.MessagesPerSecond;
        (_run, _totals, _pace) = (run, totals, pace);
        if (hasChanged)
            OnMoved?.Invoke(run);
    }

    private string Figures => L["Spoken", L[$"State.{_run!.State}"].Value, Numbers.Group(_totals.Proven), Numbers.Group(_totals.Rooms), Numbers.Group(_totals.VerifiedMessageCount), Numbers.Group(_totals.TotalMessageCount)]
        + (_totals.Undone > 0 ? $" {L.Count("RoomsUndone", _totals.Undone)}" : "");

    private static string Short(string fingerprint) =>
        fingerprint.Length > 8 ? string.Create(CultureInfo.InvariantCulture, $"{fingerprint[..4]} {fingerprint[4..8]}") : fingerprint;
}
