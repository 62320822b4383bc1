using Microsoft.AspNetCore.Components;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs;

/// <summary>One run, live: figures, what is wrong, and every room. Rows keep their order, so nothing moves under the pointer.</summary>
public sealed partial class RunPart
{
    // Announced at most this often: somebody listens to it.
    private static readonly TimeSpan SpeechInterval = TimeSpan.FromSeconds(5);

    private const int PageLength = 200;

    private readonly Dictionary<long, TransferLine> _lines = [];
    private RunView? _run;
    private RunTotals _totals = RunTotals.Of([]);
    private RunPace _pace = RunPace.None;
    private RunListener? _watch;
    private ITimer? _clock;
    private bool _missing;
    private long _watched;
    private int _limit = PageLength;
    private string _spoken = "";
    private DateTimeOffset _spokenAt;

    [Parameter, EditorRequired] public long RunId { get; set; }

    /// <summary>Told whenever the run itself changed, not its rooms.</summary>
    [Parameter] public Action<RunView>? OnMoved { get; set; }

    [Inject] internal RunFeed Runs { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    private int Limit => _limit;

    private IEnumerable<TransferLine> Shown => _lines.Values.OrderBy(x => x.Ordinal);

    private (string Word, string Sentence)? Trouble => _run switch
    {
        { State: RunState.Failed, Error: { } error } => (L["Failed"], error),
        { State: RunState.Running, Note: { } note } => (L["Waiting"], note),
        { State: RunState.Running } when _pace.StalledSince is { } since => (L["Slow"], L["No message or file was copied or proven for {0}.", RunFigures.Span(Time.GetUtcNow() - since)]),
        _ => null,
    };

    protected override Task OnParametersSetAsync()
    {
        if (_watched == RunId)
            return Task.CompletedTask;
        _watched = RunId;
        return ReadAsync();
    }

    // The run's own feed tells what changed; it listens before it reads.
    protected override bool Follows(string topic) => false;

    protected override Task RefreshAsync() => Task.CompletedTask;

    protected override async Task LoadAsync()
    {
        _watch?.Dispose();
        _watch = null;
        _lines.Clear();
        var watch = await Runs.WatchAsync(RunId, change => InvokeAsync(() => Take(change)), Gone, _limit);
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
        Show(watch.Snapshot.Run, watch.Snapshot.Transfers, watch.Snapshot.Totals, watch.Snapshot.Pace);
        // A stall is the absence of changes: looked for every few seconds.
        _clock ??= Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, SpeechInterval, SpeechInterval);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _watch?.Dispose();
        _clock?.Dispose();
    }

    private void ShowMore()
    {
        _limit += PageLength;
        foreach (var line in _watch?.Show(_limit) ?? [])
            _lines[line.Id] = line;
    }

    private void Take(RunChange change)
    {
        Show(change.Run, change.Transfers, change.Totals, change.Pace);
        StateHasChanged();
    }

    private void Show(RunView run, IReadOnlyList<TransferLine> transfers, RunTotals totals, RunPace pace)
    {
        var hasMoved = _run?.State != run.State;
        var hasChanged = hasMoved || _run?.MessagesPerSecond != run.MessagesPerSecond;
        (_run, _totals, _pace) = (run, totals, pace);
        foreach (var line in transfers)
            _lines[line.Id] = line;
        var now = Time.GetUtcNow();
        if (hasMoved || now - _spokenAt >= SpeechInterval)
            (_spoken, _spokenAt) = (L["{0}: {1} of {2} rooms proven, {3} messages copied.", L[run.State.ToString()], totals.Proven, totals.Rooms, totals.CopiedMessageCount], now);
        if (hasChanged)
            OnMoved?.Invoke(run);
    }

    private static string Short(string fingerprint) => fingerprint.Length > 8 ? $"{fingerprint[..4]} {fingerprint[4..8]}" : fingerprint;
}
