using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Rooms.Browsing;

/// <summary>What can be done with the selected rooms: with those where it can be; the others are counted by reason, before and after.</summary>
public sealed partial class RoomsPage
{
    [Inject] internal IDialogService Dialogs { get; set; } = null!;

    [Inject] internal Toasts Notifications { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;
    [Inject] internal Links Links { get; set; } = null!;

    [Inject] internal ExcludeRoomsHandler LeaveOut { get; set; } = null!;

    [Inject] internal IncludeRoomsHandler Include { get; set; } = null!;

    [Inject] internal AcceptDifferencesHandler Accept { get; set; } = null!;

    [Inject] internal WithdrawAcceptanceHandler Withdraw { get; set; } = null!;

    private async Task AddToBatchAsync()
    {
        var judged = await JudgeAsync(RoomStep.Add);
        if (judged.Fitting.Length > 0)
            await AddAsync(judged);
        else
            _judged = judged;
    }

    private async Task AddFromFileAsync()
    {
        if (_pair is { } pair && await Batching.ChooseFromFileAsync(Dialogs, pair.Id) is { } rooms)
            await AddAsync(new(rooms, []));
    }

    private async Task AddAsync(JudgedChoice judged)
    {
        var title = judged.Left.Count == 0 ? L.Count("AddCountToBatch", judged.Fitting.Length) : L.Count("AddFittingTitle", judged.Fitting.Length);
        if (await Batching.AddAsync(Dialogs, title, _pair!.Id, judged.Fitting, judged.Left) is not { } added)
            return;
        Notifications.DoneWithLink(added.Sentence, Words["OpenBatch"], Links.To("batch", added.BatchId.ToString(CultureInfo.InvariantCulture), _pair.Id));
        await DoneAsync(judged.Fitting);
    }

    private async Task LeaveOutAsync()
    {
        var judged = await JudgeAsync(RoomStep.Exclude);
        if (Refuses(judged) || await Dialogs.ConfirmAsync(L["LeaveOutTitle"], L.Count("LeaveOutSentence", judged.Fitting.Length), L["LeaveOutAction"], L["Reason"], LeftSentence(judged)) is not { } answer)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => LeaveOut.HandleAsync(new ExcludeRooms(judged.Fitting, answer.Reason) { OnlyFitting = true }, caller, CancellationToken.None));
        if (!IsDone(outcome, out var done))
            return;
        Notifications.DoneWithUndo(
            Told(Words.Count("LeftOut", done.Count), judged.Left, done.Left),
            async () => done.RoomIds.Length == 0 ? null : (await Include.HandleAsync(new IncludeRooms(done.RoomIds), await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        await DoneAsync(judged.Fitting);
    }

    private async Task IncludeAsync()
    {
        var judged = await JudgeAsync(RoomStep.Include);
        if (Refuses(judged))
            return;
        var outcome = await Include.HandleAsync(new IncludeRooms(judged.Fitting) { OnlyFitting = true }, await CurrentCaller.GetAsync(), CancellationToken.None);
        if (!IsDone(outcome, out var done))
            return;
        Notifications.DoneWithUndo(Told(Words.Count("Included", done.Count), judged.Left, done.Left), async () => await LeaveOut.ExcludeAgainAsync(done.Before, await CurrentCaller.GetAsync()));
        await DoneAsync(judged.Fitting);
    }

    private async Task AcceptAsync()
    {
        // What is accepted is what was seen, however the rooms differ once the dialog is answered.
        var (judged, seen) = (await JudgeAsync(RoomStep.Accept), new Dictionary<long, string?>(_seen));
        if (Refuses(judged) || await Dialogs.ConfirmAsync(L["AcceptTitle"], L.Count("AcceptSentence", judged.Fitting.Length), L["AcceptAction"], L["Reason"], LeftSentence(judged)) is not { } answer)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Accept.HandleAsync(new AcceptDifferences(judged.Fitting, answer.Reason) { OnlyFitting = true, Seen = seen }, caller, CancellationToken.None));
        if (!IsDone(outcome, out var done))
            return;
        if (done.Proposed > 0)
            Notifications.Done(Words.Count("ProposalDone", done.Proposed));
        var told = Told(L.Count("AcceptedDone", done.Accepted), judged.Left, done.Left);
        if (done.Accepted > 0)
            Notifications.DoneWithUndo(told, async () => (await Withdraw.HandleAsync(new WithdrawAcceptance(done.RoomIds), await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        else if (done.Left.Count > 0)
            Notifications.Done(told);
        await DoneAsync(judged.Fitting);
    }

    /// <summary>Says so where it can be done with none of them.</summary>
    private bool Refuses(JudgedChoice judged)
    {
        if (judged.Fitting.Length > 0)
            return false;
        Notifications.Refused(new Refusal("no-fitting-rooms.decide", RefusalKind.Invalid, judged.Left.Select(x => x.ToWording())));
        return true;
    }

    private bool IsDone<T>(Outcome<T> outcome, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? done)
    {
        done = outcome.Value;
        if (outcome.Refusal is { } refusal)
            Notifications.Refused(refusal);
        return outcome.IsDone;
    }

    private string? LeftSentence(JudgedChoice judged) => judged.Left.Count == 0 ? null : L["LeftAsIs", LeftRooms.Sentence(judged.Left)].Value;

    // Those that were left when it was asked, and those that changed since.
    private string Told(string done, IEnumerable<LeftRooms> before, IEnumerable<LeftRooms> since)
    {
        var left = before.Concat(since).GroupBy(x => x.Why).Select(x => new LeftRooms(x.Key, x.Sum(y => y.Count))).ToList();
        return left.Count == 0 ? done : $"{done}. {L["LeftAsIs", LeftRooms.Sentence(left)]}";
    }

    private async Task DoneAsync(IEnumerable<long> rooms)
    {
        Unselect(rooms);
        if (_selected.Count == 0 && Address.OnlySelected)
            Go(Address with { OnlySelected = false, Fit = null, Skip = 0 });
        await JudgeAsync();
        await ReadAsync();
    }
}
