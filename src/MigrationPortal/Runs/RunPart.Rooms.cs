using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Lists;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Runs;

/// <summary>The rooms of the run: which are shown, in which order, and what is selected of them.</summary>
public sealed partial class RunPart
{
    // In a run of small rooms every row of the waiting ones can be another one each second: more than can be read, and half of what is sent.
    private static readonly TimeSpan WaitingInterval = TimeSpan.FromSeconds(2);

    private readonly MovingRows _moving = new();
    private readonly HashSet<RunGroup> _open = [RunGroup.Failed, RunGroup.Waiting];
    private readonly HashSet<long> _selected = [];
    private readonly Dictionary<long, string?> _seen = [];
    private RunRows _rows = RunRows.None;
    private RunRows? _waiting;
    private RunRoomsAddress _address = new();
    private bool _isHeld;
    private DateTimeOffset _waitingAt;
    private TypingPause? _typing;

    private bool HasFiles => _totals.TotalFileCount > 0;

    // Nothing has a rate, or time left, once the run is over.
    private ChosenColumns Columns => new(
        [("progress", L["Progress"]), ("messages", L["Messages"]), .. HasFiles ? [("files", L["Files"])] : Array.Empty<(string, string)>(), ("rate", L["Rate"]), ("left", L["TimeLeft"]), ("verification", L["Verification"])],
        _run?.State.IsFinal() == true ? ["progress", "messages", "files", "verification"] : ["progress", "messages", "files", "rate", "left", "verification"], _address.List);

    private RunWindow Window => new(
        _address.Search, _address.Group, _address.Grade, _address.Failure, LengthOf(RunGroup.Failed), LengthOf(RunGroup.Waiting), LengthOf(RunGroup.Done))
    {
        Difference = _address.Difference,
        Skips = _address.Skips,
    };

    // What somebody asks for is open.
    private int LengthOf(RunGroup group) => _open.Contains(group)
        || (group == RunGroup.Done && (_address.Group is RunGroup.Done or RunGroup.Undone || _address.Grade is not null || _address.Difference is not null || _address.Search is not null)) ? _address.List.Take : 0;

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

    private void ShowFailure(string? failure) => Filter(_address with { Failure = failure });

    private void ShowDifference(string? difference) => Filter(_address with { Difference = difference });

    private void ShowWaiting() => List(isAsked: true);

    private void Hold() => _isHeld = true;

    private void Release()
    {
        _isHeld = false;
        ShowWaiting();
    }

    private void Toggle(RunGroup group)
    {
        var key = group switch { RunGroup.Skipped => RunGroup.Failed, RunGroup.Undone => RunGroup.Done, _ => group };
        if (!_open.Remove(key))
            _open.Add(key);
        // What is opened again begins with its first page; those that failed and those that were skipped are opened together.
        var skips = _address.Skips.With(group, 0);
        if (key == RunGroup.Failed)
            skips = skips.With(RunGroup.Failed, 0).With(RunGroup.Skipped, 0);
        if (skips != _address.Skips)
            Go(_address with { Skips = skips });
        List(isAsked: true);
    }

    private void ShowOnly(RunGroup? group) => Filter(_address with { Group = group });

    private void ShowGrade(Grade? grade) => Filter(_address with { Grade = grade });

    private Task Search(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() =>
        Filter(_address with { Search = text.Length == 0 ? null : text }));

    // Other rooms are shown from the first page on.
    private void Filter(RunRoomsAddress address) => Go(address with { Skips = default });

    // A page of the finished rooms is one that they are open for, and so are the pages before it.
    private void Follow(RunRoomsAddress address)
    {
        _address = address;
        if (address.Skips is { Done: > 0 } or { Undone: > 0 })
            _open.Add(RunGroup.Done);
    }

    private void Go(RunRoomsAddress address) => Navigation.NavigateTo(address.ToString(), replace: true);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
    {
        var address = RunRoomsAddress.Of(new Uri(args.Location));
        if (Gone.IsCancellationRequested || address.Page != _address.Page || address == _address)
            return;
        Follow(address);
        List(isAsked: true);
        StateHasChanged();
    });
}
