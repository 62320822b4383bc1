using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Undo;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Undo;

/// <summary>The undo of a batch: what it deletes and keeps, as it was kept when requested; before that, as it is read here.</summary>
public sealed partial class UndoPart
{
    private UndoRequest? _latest;
    private FreshUndoList? _fresh;
    private string? _problem;
    private bool _isReading;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal UndoQueries Queries { get; set; } = null!;

    [Inject] internal ReadUndoList Lists { get; set; } = null!;

    [Inject] internal RereadUndoHandler Reread { get; set; } = null!;

    [Inject] internal AskUndoHandler Ask { get; set; } = null!;

    [Inject] internal StartUndoHandler Start { get; set; } = null!;

    [Inject] internal PoolPairCatalog Catalog { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal IStringLocalizer<RunTexts> Runs { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    /// <summary>What was requested and did not begin.</summary>
    private UndoRequest? Open => _latest is { State: UndoState.InReview or UndoState.Approved } ? _latest : null;

    private IReadOnlyList<UndoSum>? Sums => Open?.Sums ?? _fresh?.List.Sums;

    private IReadOnlyList<UndoObstacle> Obstacles => Open is null ? _fresh?.Preview.Obstacles ?? [] : [];

    private DateTimeOffset? ReadAt => Open is { } asked ? asked.ReadAt : _fresh?.At;

    // Before a preview was read, only what was requested is known.
    private string Heading => Open is { } asked ? L["Deletes", C.Count("Rooms", asked.RoomCount), C.Count("Messages", asked.MessageCount), View.Pair.NewName]
        : _fresh is { } fresh ? L["Deletes", C.Count("Rooms", fresh.Preview.Rooms.Count), C.Count("Messages", fresh.Preview.Rooms.Sum(x => x.Messages)), View.Pair.NewName]
        : L["DeletesAll", View.Pair.NewName];

    private string? Standing => _latest?.State switch
    {
        UndoState.InReview => L[MayApprove ? "AwaitsYou" : "AwaitsApproval"].Value,
        UndoState.Approved => L["Approved"].Value,
        UndoState.SentBack => L["Rejected"].Value,
        _ => null,
    };

    private bool MayApprove => View.Review is { Kind: ReviewKind.Undo, State: ReviewState.Open } && View.AwaitsCaller;

    private string? StateReason => PreviewUndoHandler.Undoable.Contains(View.Batch.State) ? null : View.WrongState(PreviewUndoHandler.RuleOf(View.Batch.State));

    private string? RightReason => View.DisabledReason(Role.Operator, "undo-batch");

    private string? RereadReason => Open is null ? StateReason : Rights.RequireIn(View.Caller, "reread-undo", View.Batch.PoolPairId, Role.Approver, Role.Operator)?.Message;

    private string? AskReason => RightReason
        ?? StateReason
        ?? (_latest?.State == UndoState.InReview ? Standing
            : _fresh is null ? L["ReadFirst"].Value
            : Obstacles.Count > 0 ? L.Count("Obstacles", Obstacles.Count, Obstacles[0].Subject) : null);

    protected override async Task OnParametersSetAsync() => _latest = await Queries.FindLatestAsync(View.Batch.Id, CancellationToken.None);

    private string FileUrl(UndoLineKind kind) => $"{Urls.Api}/batches/{View.Batch.Id}/undo-list/export?kind={kind}";

    private Task<Page<UndoLine>> LinesAsync(UndoLineKind kind, Paging paging)
    {
        if (Open is { } asked)
            return Queries.LinesAsync(asked.Id, kind, paging, CancellationToken.None);
        var lines = kind == UndoLineKind.Room ? _fresh!.List.Rooms : _fresh!.List.Kept;
        return Task.FromResult(new Page<UndoLine>(lines.Count, [.. lines.Skip(paging.Skip).Take(paging.Take)]));
    }

    private async Task ReadAsync()
    {
        (_isReading, _problem) = (true, null);
        StateHasChanged();
        if (Open is null)
        {
            var outcome = await Lists.HandleAsync(View.Batch.Id, CancellationToken.None);
            (_fresh, _problem) = (outcome.Value, outcome.Refusal?.Message);
        }
        else
        {
            await TellAsync(await Reread.HandleAsync(new RereadUndo(View.Batch.Id), await CurrentCaller.GetAsync(), CancellationToken.None), L["Same"]);
        }

        _isReading = false;
    }

    private async Task AskAsync()
    {
        var preview = _fresh!.Preview;
        var sentence = L["RequestSentence", C.Count("Rooms", preview.Rooms.Count), C.Count("Messages", preview.Rooms.Sum(x => x.Messages)), View.Pair.NewName];
        if (await Dialogs.ConfirmAsync(L["RequestTitle", View.Batch.Name], sentence, L["RequestAction"], L["Reason"], danger: true) is { } answer)
        {
            var caller = await CurrentCaller.GetAsync();
            await TellAsync(await Drafts.SendAsync(answer.Draft, () => Ask.HandleAsync(new RequestUndo(View.Batch.Id, answer.Reason), caller, CancellationToken.None)));
        }
    }

    private async Task StartAsync()
    {
        var sentence = L["StartSentence", C.Count("Rooms", _latest!.RoomCount), C.Count("Messages", _latest.MessageCount), View.Pair.NewName];
        var needed = Catalog.Find(View.Pair.Id) is { } pair ? RunConfirmations.Needed(pair) : [];
        if (await Dialogs.ConfirmAsync(L["StartTitle", View.Batch.Name], sentence, L["StartAction"], irreversible: L["Irreversible"], danger: true, points: [.. needed.Select(x => Runs[$"Confirm.{x}"].Value)]) is not null)
            await TellAsync(await Start.HandleAsync(new StartUndo(View.Batch.Id, needed), await CurrentCaller.GetAsync(), CancellationToken.None));
    }

    private async Task TellAsync(Outcome<UndoRequest> outcome, string? done = null)
    {
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
        else if (done is not null)
            Toasts.Done(done);
        _latest = await Queries.FindLatestAsync(View.Batch.Id, CancellationToken.None);
    }
}
