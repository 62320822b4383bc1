using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Live;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Verification;

public sealed partial class VerificationPart
{
    private static readonly (Grade, string)[] _rules =
    [
        (Grade.Perfect, "all equal"),
        (Grade.Good, "only differences that the plan announced or that somebody accepted"),
        (Grade.Investigate, "rights, settings or files differ unannounced"),
        (Grade.Poor, "a message is missing, extra or altered"),
    ];

    private BatchVerification? _found;
    private VerificationRequest? _request;
    private long? _open;
    private (long Batch, int Skip)? _loaded;
    private string? _disabledReasonVerify;
    private string? _disabledReasonAccept;

    [Parameter, EditorRequired] public long BatchId { get; set; }
    [Parameter] public string? PairId { get; set; }
    [Parameter] public int Skip { get; set; }
    [Inject] internal VerificationQueries Queries { get; set; } = null!;
    [Inject] internal VerifyBatchHandler Verify { get; set; } = null!;
    [Inject] internal AcceptFindingsHandler Accept { get; set; } = null!;
    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;
    [Inject] internal IDialogService Dialogs { get; set; } = null!;
    [Inject] internal Toasts Toasts { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;

    protected override Task OnParametersSetAsync()
    {
        if (_loaded == (BatchId, Skip))
            return Task.CompletedTask;
        _loaded = (BatchId, Skip);
        return ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "batch", BatchId);

    protected override async Task LoadAsync()
    {
        var caller = await CurrentCaller.GetAsync();
        _disabledReasonVerify = Rights.Require(caller, Role.Operator, L["Verifying again"])?.Message;
        _disabledReasonAccept = Rights.RequireAny(caller, L["Accepting a difference"], Role.Planner, Role.Approver)?.Message;
        _request = await Queries.FindRequestAsync(BatchId, Gone);
        _found = await Queries.FindAsync(BatchId, Paging.Of(Skip, null), Gone);
    }

    private string? VerifyReason =>
        _disabledReasonVerify ?? (_request is { State: VerificationState.Running } ? L["{0} started a verification that still runs.", _request.RequestedBy].Value : null);

    private async Task VerifyAsync()
    {
        var outcome = await Verify.HandleAsync(BatchId, await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome.IsDone)
            Toasts.Done(L["Every room is being read on both sides again."]);
        else
            Toasts.Refused(outcome.Refusal);
    }

    /// <param name="room">Null accepts what is open in every room.</param>
    private async Task AcceptAsync(VerifiedRoom? room)
    {
        var sentence = room is null
            ? L["What differs in {0} stays as it is and no longer counts against the grade. Another proof that finds more asks again.", Numbers.Count(_found!.Open, "room")]
            : L["“{0}” stays as it is and no longer counts against the grade. Another proof that finds more asks again.", room.RoomName];
        var answer = await Dialogs.ConfirmAsync(L["Accept differences"], sentence, L["Accept"], L["Reason"]);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Accept.HandleAsync(new(BatchId, room?.Id, answer.Reason), caller, CancellationToken.None));
        if (outcome.IsDone)
            Toasts.Done(L["Accepted for {0}.", Numbers.Count(outcome.Value, "room")]);
        else
            Toasts.Refused(outcome.Refusal);
    }
}
