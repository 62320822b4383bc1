using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Delta;

/// <summary>The delta of a batch: what would move, and the two ways to move it, as one more delta or as the last.</summary>
public sealed partial class DeltaPart
{
    private const int Shown = 200;

    private readonly HashSet<string> _given = [];
    private PlannedDelta? _delta;
    private DeltaRequest? _latest;
    private string? _problem;
    private bool _isBusy;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal IStringLocalizer<BatchTexts> B { get; set; } = null!;

    [Inject] internal PlanDeltaHandler Plans { get; set; } = null!;

    [Inject] internal DeltaQueries Queries { get; set; } = null!;

    [Inject] internal StartDeltaHandler Start { get; set; } = null!;

    [Inject] internal ILastDelta LastDelta { get; set; } = null!;

    [Inject] internal PoolPairCatalog Catalog { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    private bool MayLook => PlanDeltaHandler.From.Contains(View.Batch.State);

    // Whoever decides sees what was asked for, without reading the pools again.
    private IReadOnlyList<DeltaChange> Rows => _delta?.Changes ?? (_latest is { State: DeltaState.InReview or DeltaState.Approved } asked ? asked.Changes : []);

    private string[] Needed => Catalog.Find(View.Pair.Id) is { } pair ? RunConfirmations.Needed(pair) : [];

    private string? DisabledReason => View.DisabledReason(Role.Operator, "start-delta")
        ?? (!MayLook ? L["The batch is {0}.", View.Batch.State.Words()].Value
            : _latest?.State == DeltaState.InReview ? L["An approver's word is missing."].Value
            : Needed.Except(_given).Any() ? L["Confirm each point first."].Value : null);

    protected override async Task OnParametersSetAsync() => _latest = await Queries.FindLatestAsync(View.Batch.Id, CancellationToken.None);

    private string Summary(PlannedDelta delta)
    {
        var (more, fewer) = (delta.Growth.Sum(x => Math.Max(0, x.Now - x.Before)), delta.Growth.Sum(x => Math.Max(0, x.Before - x.Now)));
        if (more + fewer + delta.Changes.Count == 0)
            return L["Nothing came since, as far as counts and settings tell. A delta compares every message."];
        var messages = L["{0} came in {1}", Numbers.Count(more, "message"), Numbers.Count(delta.Growth.Count(x => x.Now > x.Before), "room")].Value;
        var purged = fewer == 0 ? "" : L[", {0} fewer in others", Numbers.Group(fewer)].Value;
        return $"{messages}{purged}; {L["{0} of rights and settings", Numbers.Count(delta.Changes.Count, "change")].Value}{(delta.NeedsReview ? L[", which another person has to approve."].Value : ".")}";
    }

    private void Confirm(string confirmation, bool isGiven) => _ = isGiven ? _given.Add(confirmation) : _given.Remove(confirmation);

    private async Task PreviewAsync()
    {
        _isBusy = true;
        StateHasChanged();
        var outcome = await Plans.HandleAsync(View.Batch.Id, CancellationToken.None);
        (_delta, _problem, _isBusy) = (outcome.Value, outcome.Refusal?.Message, false);
    }

    private async Task StartAsync(RunKind kind)
    {
        var isLast = kind == RunKind.CutOver;
        var sentence = isLast
            ? L["The last delta of “{0}”: it moves what came since, proves every room and closes the batch. Afterwards nothing more is moved, and it cannot be undone here.", View.Batch.Name]
            : L["What came since in “{0}” moves to {1}. Changed rights or settings wait for another person's yes first.", View.Batch.Name, View.Pair.NewName];
        if (await Dialogs.ConfirmAsync(isLast ? L["Cut over"] : L["Move what came since"], sentence, isLast ? L["Cut over"] : L["Go on"], danger: isLast) is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = isLast
            ? await LastDelta.StartAsync(View.Batch.Id, [.. _given], caller, CancellationToken.None)
            : await Start.HandleAsync(new StartDelta(View.Batch.Id, [.. _given]), caller, CancellationToken.None);
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
        else if (outcome.Value.RunId is { } run)
            Navigation.NavigateTo(Urls.Run(run, View.Pair.Id));
        else
            Toasts.Done(L["Asked: another person approves the changes first."]);
        _latest = await Queries.FindLatestAsync(View.Batch.Id, CancellationToken.None);
    }
}
