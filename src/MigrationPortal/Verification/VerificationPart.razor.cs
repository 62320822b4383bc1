using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Runs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Verification;

/// <summary>The verification of a batch: its grade and what decides it, what differs beyond the plan, and closed what is as it should be.</summary>
public sealed partial class VerificationPart
{
    // Of "confirm all"; the others are there the next time.
    private const int MostReasons = 10;

    private BatchVerification? _found;
    private int _skip;
    private VerificationRequest? _request;
    private (long Batch, int Skip, int Take)? _loaded;
    private string? _disabledReasonVerify;
    private string? _disabledReasonAccept;
    private string? _disabledReasonConfirm;
    private Dictionary<long, Refusal> _confirmRefusals = [];
    private Dictionary<long, Refusal> _rejectRefusals = [];
    private string _reader = "";
    private IReadOnlyList<ProposalGroup> _proposals = [];

    [Parameter, EditorRequired] public long BatchId { get; set; }
    [Parameter] public string? PairId { get; set; }
    [Parameter] public int Skip { get; set; }

    /// <summary>Whether a delta or the cutover is what comes next.</summary>
    [Parameter] public bool NamesNext { get; set; }

    [Inject] internal BatchQueries Batches { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;
    [Inject] internal VerificationQueries Queries { get; set; } = null!;
    [Inject] internal VerifyBatchHandler Verify { get; set; } = null!;
    [Inject] internal AcceptFindingsHandler Accept { get; set; } = null!;
    [Inject] internal WithdrawAcceptanceHandler Withdraw { get; set; } = null!;
    [Inject] internal ProposalQueries Proposals { get; set; } = null!;
    [Inject] internal AcceptanceRefusals Refusals { get; set; } = null!;
    [Inject] internal DecideAcceptanceHandler Decide { get; set; } = null!;
    [Inject] internal PersonNames Names { get; set; } = null!;
    [Inject] internal IStringLocalizer<RunTexts> Runs { get; set; } = null!;
    [Inject] internal IStringLocalizer<RoomTexts> Rooms { get; set; } = null!;
    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;
    [Inject] internal IDialogService Dialogs { get; set; } = null!;
    [Inject] internal Toasts Toasts { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;

    protected override Task OnParametersSetAsync()
    {
        if (_loaded == (BatchId, Skip, State.Take))
            return Task.CompletedTask;
        _loaded = (BatchId, Skip, State.Take);
        return ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "batch", BatchId);

    protected override async Task LoadAsync()
    {
        var caller = await CurrentCaller.GetAsync();
        var pair = PairId ?? (await Batches.FindAsync(BatchId, Gone))?.PoolPairId ?? "";
        _disabledReasonVerify = Rights.RequireIn(caller, "verify-batch", pair, Role.Operator)?.Message;
        _disabledReasonAccept = Rights.RequireIn(caller, "accept-difference", pair, Role.Planner, Role.Approver)?.Message;
        _request = await Queries.FindRequestAsync(BatchId, Gone);
        _proposals = await Proposals.ListAsync(BatchId, Gone);
        (_found, _skip) = await Paging.Of(Skip, State.Take).ReadAsync(x => Queries.FindAsync(BatchId, x, Gone, VerifiedKind.Open), x => x.Rooms.Total);
        _reader = caller.Name;
        _disabledReasonConfirm = (await Refusals.FindAsync(pair, [.. OfOthers.SelectMany(x => x.Ids)], isConfirmed: true, caller, Gone))?.Message;
        // By room: each has buttons of its own, and somebody's right may reach some of the rooms alone.
        long[] rooms = [.. _found!.Rooms.Items.Where(x => x.Proposed is not null).Select(x => x.RoomId)];
        (_confirmRefusals, _rejectRefusals) = await Refusals.ListAsync(pair, rooms, caller, Gone);
    }

    /// <summary>Open rooms that nobody proposed to accept.</summary>
    private int Unproposed => _found!.Open - _proposals.Sum(x => x.Ids.Length);

    private IEnumerable<ProposalGroup> OfOthers => _proposals.Where(x => x.By != _reader).Take(MostReasons);

    private int Confirmable => OfOthers.Sum(x => x.Ids.Length);

    /// <summary>Of a verification that runs; empty where none does.</summary>
    private string Progress => _request is { State: VerificationState.Running } running
        ? $"{L["Verifying", Numbers.Group(running.VerifiedRoomCount), Numbers.Group(running.RoomCount)]} {running.Note}".TrimEnd()
        : "";

    private ListState State => ListState.Of(new Uri(Navigation.Uri));

    private string Url(int skip, ListState state) => state.In(Urls.BatchPart(BatchId, "verification", skip, pair: PairId));

    private string? VerifyReason => _disabledReasonVerify
        ?? (_request is { State: VerificationState.Running } ? L["AlreadyVerifying"].Value
            : _found?.State is { } state && !VerifyBatchHandler.Verifiable.Contains(state) ? new Wording(VerifyBatchHandler.RuleOf(state)).ToString() : null);

    private async Task VerifyAsync()
    {
        var outcome = await Verify.HandleAsync(new VerifyBatch(BatchId), await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome.IsDone)
            Toasts.Done(L["VerifyStarted"]);
        else
            Toasts.Refused(outcome.Refusal);
    }

    /// <param name="room">Null accepts what is open in every room.</param>
    private async Task AcceptAsync(VerifiedRoom? room)
    {
        // What is found while the dialog is open was not read.
        var seen = _found!.VerifiedAt;
        var sentence = room switch
        {
            null => L.Count("AcceptSentence.Rooms", Unproposed),
            { Grade: Grade.Poor } => L["AcceptSentence.Lost", P.Named(room.RoomName)].Value,
            _ => L["AcceptSentence", P.Named(room.RoomName)].Value,
        };
        var answer = await Dialogs.ConfirmAsync(room is null ? L["AcceptAllTitle"] : L["AcceptTitle"], sentence, L["Accept"], L["Reason"]);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Accept.HandleAsync(new(BatchId, room?.Id, answer.Reason) { SeenUntil = seen }, caller, CancellationToken.None));
        if (!outcome.IsDone)
        {
            Toasts.Refused(outcome.Refusal);
            return;
        }

        var (done, left) = (L.Count("AcceptDone", outcome.Value.Accepted), LeftRooms.Sentence(outcome.Value.Left));
        if (outcome.Value.Accepted > 0)
            Toasts.DoneWithUndo(
                left.Length == 0 ? done : L["AcceptDoneAndLeft", done, left].Value,
                async () => (await Withdraw.HandleAsync(new WithdrawAcceptance(outcome.Value.RoomIds), await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        else if (left.Length > 0)
            Toasts.Done(left);
        if (outcome.Value.Proposed > 0)
            Toasts.Done(Rooms.Count("ProposalDone", outcome.Value.Proposed));
    }

    // Each reason is ticked, so that nobody confirms one unread.
    private async Task ConfirmAllAsync()
    {
        var groups = OfOthers.ToList();
        List<string> reasons = [];
        foreach (var one in groups)
            reasons.Add(L.Count("ConfirmPoint", one.Ids.Length, one.Reason, await Names.FindAsync(one.By, CancellationToken.None)));
        if (await Dialogs.ConfirmAsync(L["ConfirmAllTitle"], L.Count("ConfirmAllSentence", Confirmable), L["Confirm"], points: reasons) is null)
            return;
        var outcome = await Decide.HandleAsync(new DecideAcceptance([.. groups.SelectMany(x => x.Ids)], IsConfirmed: true), await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome.IsDone)
            Toasts.Done(Rooms.Count("ProposalConfirmed", outcome.Value));
        else
            Toasts.Refused(outcome.Refusal);
    }

    // The worst room decides; what would lift the grade is the way to the next one.
    private string Meaning(Grade grade)
    {
        var rooms = _found!.ByGrade.GetValueOrDefault(grade);
        var first = _found.Rooms.Items is [var worst, ..] ? worst.RoomName : "";
        return grade switch
        {
            Grade.Poor => L.Count("Decides.Poor", rooms, first, Runs[_found.ByGrade.GetValueOrDefault(Grade.Investigate) > 0 ? "Grade.Investigate" : "Grade.Good"].Value),
            Grade.Investigate => L.Count("Decides.Investigate", rooms, first),
            Grade.Good => L.Count("Decides.Good", rooms),
            _ => L["Decides.Perfect"],
        };
    }
}
