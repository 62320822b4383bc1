using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Rooms.Viewing;

public sealed partial class RoomPage
{
    private RoomView? _view;
    private PoolPair? _pair;
    private bool _isMissing;
    private long _loaded;
    private string? _disabledReasonPlan;
    private string? _disabledReasonAccept;
    private string? _disabledReasonConfirm;
    private string? _disabledReasonReject;
    private string _reader = "";

    [Parameter] public long Id { get; set; }

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "pair")] public string? PairId { get; set; }

    [Inject] internal RoomQueries Queries { get; set; } = null!;

    [Inject] internal IRoomBatches Batching { get; set; } = null!;

    [Inject] internal RoomTabs Later { get; set; } = null!;

    [Inject] internal PoolPairQueries Pairs { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal IDialogService Dialogs { get; set; } = null!;

    [Inject] internal Toasts Notifications { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal ExcludeRoomsHandler LeaveOut { get; set; } = null!;

    [Inject] internal IncludeRoomsHandler TakeBack { get; set; } = null!;

    [Inject] internal AcceptDifferencesHandler Accept { get; set; } = null!;

    [Inject] internal AcceptanceRefusals Refusals { get; set; } = null!;

    [Inject] internal WithdrawAcceptanceHandler Reject { get; set; } = null!;

    private string CurrentTab => Tab is "people" or "messages" or "history" || Later.Find(Tab) is not null ? Tab! : "properties";

    private TabItem[] Items =>
    [
        new("properties", L["Properties"], _view!.Row.New is null || _view.Row.DifferenceCount == 0 ? null : L.Count("Differ", _view.Row.DifferenceCount), Tone.Diff),
        new("people", L["People"]),
        new("messages", L["Messages"], RoomSides.DifferenceOf(_view.Row) switch { 0 => null, < 0 and var less => L.Count("Missing", -less), var more => L.Count("Extra", more) }, Tone.Bad),
        .. Later.All.Select(tab => new TabItem(tab.Key, L[tab.Title])),
        new("history", L["History"]),
    ];

    protected override Task OnParametersSetAsync()
    {
        if (_loaded == Id)
            return Task.CompletedTask;
        _loaded = Id;
        return ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair", _view?.PoolPairId);

    protected override async Task LoadAsync()
    {
        var caller = await CurrentCaller.GetAsync();
        _view = await Queries.FindAsync(Id, Gone);
        var pair = _view?.PoolPairId ?? "";
        string[]? category = _view is null ? null : [_view.Row.Category];
        _disabledReasonPlan = Rights.RequireThere(caller, "plan-rooms", [Role.Planner], pair, category)?.Message;
        _disabledReasonAccept = Rights.RequireThere(caller, "accept-difference", [Role.Planner, Role.Approver], pair, category)?.Message;
        _disabledReasonReject = Rights.RequireThere(caller, "reject-acceptance", [Role.Approver], pair, category)?.Message;
        _reader = caller.Name;
        _disabledReasonConfirm = _view?.Row.Proposed is { } proposed ? (await Refusals.FindAsync(pair, [long.Parse(proposed.Id, CultureInfo.InvariantCulture)], isConfirmed: true, caller, Gone))?.Message : null;
        _isMissing = _view is null;
        _pair = _view is null ? null : await Pairs.FindAsync(_view.PoolPairId, Gone);
    }

    private async Task LeaveOutAsync()
    {
        var answer = await Dialogs.ConfirmAsync(L["LeaveOutTitle"], L["LeaveOutSentence", _view!.Row.Name], L["LeaveOutAction"], L["Reason"]);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var (room, outcome) = (Id, await Drafts.SendAsync(answer.Draft, () => LeaveOut.HandleAsync(new([Id], answer.Reason), caller, CancellationToken.None)));
        // Somebody else did it meanwhile, for a reason of theirs: nothing to take back here.
        if (outcome is { IsDone: true, Value.Count: 0 })
            Notifications.Done(new LeftRooms(RoomFit.Excluded, 1).ToWording().ToString());
        else if (outcome.IsDone)
            Notifications.DoneWithUndo(Words.Count("LeftOut", 1), async () => (await TakeBack.HandleAsync(new([room]), await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        await FinishAsync(outcome);
    }

    private async Task AcceptAsync()
    {
        // What is accepted is what was shown, however the room differs once the dialog is answered.
        var seen = new Dictionary<long, string?> { [Id] = _view!.Row.DifferenceKey };
        var sentence = _view.Row.Differences.Contains("Messages") ? L["AcceptSentence.Lost", _view.Row.Name].Value : L.Count("AcceptSentence", _view.Row.DifferenceCount, _view.Row.Name);
        var answer = await Dialogs.ConfirmAsync(L["AcceptTitle"], sentence, L["AcceptAction"], L["Reason"]);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Accept.HandleAsync(new([Id], answer.Reason) { Seen = seen }, caller, CancellationToken.None));
        if (outcome is { IsDone: true, Value.Proposed: > 0 })
            Notifications.Done(Words.Count("ProposalDone", outcome.Value.Proposed));
        await FinishAsync(outcome);
    }

    private async Task TakeBackAsync()
    {
        var outcome = await TakeBack.HandleAsync(new([Id]), await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome is { IsDone: true, Value.Before.Count: 0 })
            Notifications.Done(new LeftRooms(RoomFit.NotExcluded, 1).ToWording().ToString());
        else if (outcome.IsDone)
            Notifications.DoneWithUndo(Words.Count("Included", 1), async () => await LeaveOut.ExcludeAgainAsync(outcome.Value.Before, await CurrentCaller.GetAsync()));
        await FinishAsync(outcome);
    }

    private async Task RejectAsync() => await FinishAsync(await Reject.HandleAsync(new([Id]), await CurrentCaller.GetAsync(), CancellationToken.None));

    private async Task AddToBatchAsync()
    {
        var pair = _view!.PoolPairId;
        if (await Batching.AddAsync(Dialogs, L["AddToBatchTitle"], pair, [Id], []) is not { } added)
            return;
        Notifications.DoneWithLink(added.Sentence, Words["OpenBatch"], Links.To("batch", added.BatchId.ToString(CultureInfo.InvariantCulture), pair));
        await ReadAsync();
    }

    private async Task FinishAsync<T>(Outcome<T> outcome)
    {
        if (outcome.Refusal is { } refusal)
            Notifications.Refused(refusal);
        else
            await ReadAsync();
    }
}
