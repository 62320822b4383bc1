using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>What is selected, across pages, and with how many of it what can be done.</summary>
public sealed partial class RoomsPage
{
    private readonly HashSet<long> _selected = [];
    // How those differ that do, as they were when they were selected: nobody accepts more than that.
    private readonly Dictionary<long, string?> _seen = [];
    private JudgedChoice _judged = JudgedChoice.None;
    private int _look;

    [Inject] internal JudgeChoice Judge { get; set; } = null!;

    private bool HasExcluded => _judged.Left.Any(x => x.Why == RoomFit.Excluded);

    private string AddText => _judged.Left.Count == 0 ? L.Count("AddCountToBatch", _selected.Count) : L.Count("AddFitting", _judged.Fitting.Length);

    private string? AddReason => _disabledReasonPlan ?? (_judged is { Fitting.Length: 0, Left.Count: > 0 } ? L["NoneFits"].Value : null);

    private Task ToggleAsync(long roomId)
    {
        _selected.Toggle(roomId);
        See(Rows?.Items.Where(x => long.Parse(x.Id, CultureInfo.InvariantCulture) == roomId) ?? []);
        return JudgeAsync();
    }

    private Task TogglePageAsync(bool isOn)
    {
        var rows = Rows?.Items ?? [];
        _selected.SetAll(rows.Select(row => long.Parse(row.Id, CultureInfo.InvariantCulture)), isOn);
        See(rows);
        return JudgeAsync();
    }

    private async Task SelectAllAsync()
    {
        var filter = Filter(_pair!.Id, Address);
        _selected.UnionWith(await Queries.ListIdsAsync(filter, Gone));
        foreach (var (room, key) in await Queries.ListDifferenceKeysAsync(filter, Gone))
            _seen.TryAdd(room, key);
        await JudgeAsync();
    }

    private async Task RestoredAsync()
    {
        if (_selected.Count == 0)
            return;
        await JudgeAsync();
        if (Address.OnlySelected)
            await ReadAsync();
    }

    private Task ClearSelectionAsync()
    {
        Unselect(_selected.ToArray());
        if (Address.OnlySelected)
            Go(Address with { OnlySelected = false, Fit = null, Skip = 0 });
        return Task.CompletedTask;
    }

    // What was done is no longer selected; what was left is, with its reasons.
    private void Unselect(IEnumerable<long> rooms)
    {
        foreach (var room in rooms)
        {
            _selected.Remove(room);
            _seen.Remove(room);
        }

        if (_selected.Count == 0)
            (_judged, _look) = (JudgedChoice.None, _look + 1);
    }

    private void See(IEnumerable<RoomRow> rows)
    {
        foreach (var row in rows)
            _seen[long.Parse(row.Id, CultureInfo.InvariantCulture)] = row.DifferenceKey;
    }

    private async Task JudgeAsync()
    {
        var look = ++_look;
        if (_selected.Count == 0)
        {
            _judged = JudgedChoice.None;
            return;
        }

        var judged = await JudgeAsync(RoomStep.Add);
        // Since then something was selected or done; its own look is newer.
        if (look == _look)
            _judged = judged;
    }

    private async Task<JudgedChoice> JudgeAsync(RoomStep step) => await Judge.HandleAsync(step, _pair!.Id, _selected, await CurrentCaller.GetAsync(), Gone);

    /// <summary>The selected rooms with which it cannot be done for that reason; null where a filter cannot tell.</summary>
    private string? ListUrl(RoomStep step, RoomFit why) => why is RoomFit.OutOfReach or RoomFit.Unknown or RoomFit.Changed
        ? null
        : new RoomsAddress { Pair = Address.Pair, List = Address.List, Fit = new(step, why), OnlySelected = true }.ToString();

    // Without a selection, as after a reload, the filter is of all rooms.
    private RoomFilter Filter(string pair, RoomsAddress address) =>
        address.ToFilter(pair) with { Among = address.OnlySelected && _selected.Count > 0 ? [.. _selected] : null };
}
