using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>What is selected, across pages, and what can be done with it.</summary>
public sealed partial class RoomsPage
{
    [Inject] internal IDialogService Dialogs { get; set; } = null!;

    [Inject] internal Toasts Notifications { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal ExcludeRoomsHandler LeaveOut { get; set; } = null!;

    [Inject] internal AcceptDifferencesHandler Accept { get; set; } = null!;

    private void Toggle(long roomId) => _selected.Toggle(roomId);

    private void TogglePage(bool isOn) => _selected.SetAll((Rows?.Items ?? []).Select(row => long.Parse(row.Id, CultureInfo.InvariantCulture)), isOn);

    private async Task SelectAllAsync() => _selected.UnionWith(await Queries.ListIdsAsync(Address.ToFilter(_pair!.Id), Gone));

    private void ClearSelection() => _selected.Clear();

    private async Task AddToBatchAsync()
    {
        var done = await Batching.AddAsync(Dialogs, L.Count("AddCountToBatch", _selected.Count), _pair!.Id, [.. _selected]);
        if (done is not null)
            await DoneAsync(done);
    }

    private async Task AddFromFileAsync()
    {
        if (_pair is not { } pair || await Batching.ChooseFromFileAsync(Dialogs, pair.Id) is not { } rooms)
            return;
        if (await Batching.AddAsync(Dialogs, L.Count("AddCountToBatch", rooms.Length), pair.Id, rooms) is { } done)
            await DoneAsync(done);
    }

    private async Task LeaveOutAsync()
    {
        var answer = await Dialogs.ConfirmAsync(L["LeaveOutTitle"], L.Count("LeaveOutSentence", _selected.Count), L["LeaveOutAction"], L["Reason"]);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        await FinishAsync(await Drafts.SendAsync(answer.Draft, () => LeaveOut.HandleAsync(new ExcludeRooms(_selected, answer.Reason), caller, CancellationToken.None)), "LeftOut");
    }

    private async Task AcceptAsync()
    {
        var answer = await Dialogs.ConfirmAsync(L["AcceptTitle"], L.Count("AcceptSentence", _selected.Count), L["AcceptAction"], L["Reason"]);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Accept.HandleAsync(new AcceptDifferences(_selected, answer.Reason), caller, CancellationToken.None));
        if (outcome.Refusal is { } refusal)
        {
            Notifications.Refused(refusal);
            return;
        }

        if (outcome.Value!.Proposed > 0)
            Notifications.Done(Words.Count("ProposalDone", outcome.Value.Proposed));
        if (outcome.Value.Accepted > 0)
            Notifications.Done(L.Count("AcceptedDone", outcome.Value.Accepted));
        _selected.Clear();
        await ReadAsync();
    }

    private async Task FinishAsync(Outcome<int> outcome, string doneText)
    {
        if (outcome.Refusal is { } refusal)
            Notifications.Refused(refusal);
        else
            await DoneAsync(L.Count(doneText, _selected.Count));
    }

    private async Task DoneAsync(string sentence)
    {
        Notifications.Done(sentence);
        _selected.Clear();
        await ReadAsync();
    }
}
