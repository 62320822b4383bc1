using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Delta.Warnings;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Values;
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
    private DateTimeOffset? _readAt;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal IStringLocalizer<RunTexts> Runs { get; set; } = null!;

    [Inject] internal IStringLocalizer<Counts> C { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

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

    // Whoever decides sees what was requested, without reading the pools again.
    private ChangesSource? Changes => _delta is { } read ? new(read, Paged(read.Changes), () => Task.FromResult(DeltaOrder.Alike(read.Changes)), Paged(read.NeedsReview ? read.Warnings : []))
        : _latest is { State: DeltaState.InReview or DeltaState.Approved } asked ? new(
            asked.Id, x => Queries.ChangesAsync(asked.Id, x, CancellationToken.None), () => Queries.AlikeAsync(asked.Id, CancellationToken.None),
            x => Queries.WarningsAsync(asked.Id, x, CancellationToken.None))
        : null;

    // Of what is shown: what was read just now may differ from what was requested.
    private string FileUrl(string list) => Urls.WithQuery($"{Urls.Api}/batches/{View.Batch.Id}/{list}/export", ("anew", _delta is null ? null : "true"));

    private string[] Needed => Catalog.Find(View.Pair.Id) is { } pair ? RunConfirmations.Needed(pair) : [];

    private bool NeedsApproval => _delta is { NeedsReview: true } && _latest?.State != DeltaState.Approved;

    private string NotNow => View.WrongState(PlanDeltaHandler.RuleOf(View.Batch.State));

    private string? DisabledReason => View.DisabledReason(Role.Operator, "start-delta")
        ?? (!MayLook ? NotNow
            : _latest?.State == DeltaState.InReview ? L["Awaiting"].Value
            : Needed.Except(_given).Any() ? L["ConfirmFirst"].Value : null);

    protected override async Task OnParametersSetAsync() => _latest = await Queries.FindLatestAsync(View.Batch.Id, CancellationToken.None);

    private IEnumerable<string> Summary(PlannedDelta delta)
    {
        var (more, fewer) = (delta.Growth.Sum(x => Math.Max(0, x.Now - x.Before)), delta.Growth.Sum(x => Math.Max(0, x.Before - x.Now)));
        if (more + fewer + delta.Changes.Count == 0)
            yield return delta.NeedsReview ? L["OtherChange"] : L["Nothing"];
        if (more > 0)
            yield return L["Came", C.Count("Messages", more), C.Count("Rooms", delta.Growth.Count(x => x.Now > x.Before))];
        if (fewer > 0)
            yield return L["Purged", C.Count("Messages", fewer), C.Count("Rooms", delta.Growth.Count(x => x.Now < x.Before))];
        if (delta.Changes.Count > 0)
            yield return L.Count(delta.NeedsReview ? "ChangesToApprove" : "Changes", delta.Changes.Count);
    }

    // An emergency start that no auditor has answered about.
    private string? Unreviewed => View.Part<BreakGlassView>()?.Unreviewed is null ? null : new Refusal("break-glass-unreviewed", RefusalKind.Conflict, View.Batch.Name).Message;

    private void Confirm(string confirmation, bool isGiven) => _ = isGiven ? _given.Add(confirmation) : _given.Remove(confirmation);

    private async Task PreviewAsync()
    {
        _isBusy = true;
        StateHasChanged();
        try
        {
            var outcome = await Plans.HandleAsync(View.Batch.Id, CancellationToken.None);
            (_delta, _problem, _readAt) = (outcome.Value, outcome.Refusal?.Message, outcome.IsDone ? Time.GetUtcNow() : null);
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task StartAsync(RunKind kind)
    {
        var isLast = kind == RunKind.CutOver;
        var (title, sentence, action) = isLast
            ? (L["CutOverTitle", View.Batch.Name], L["CutOverSentence"], L["CutOverAction"])
            : NeedsApproval ? (L["RequestTitle", View.Batch.Name], L["RequestSentence"], L["RequestAction"])
            : (L["RunTitle", View.Batch.Name], L["RunSentence", View.Pair.NewName], L["RunAction"]);
        if (await Dialogs.ConfirmAsync(title, sentence, action, irreversible: isLast ? L["CutOverIrreversible"].Value : null, danger: isLast) is null)
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
            Toasts.Done(L["Requested"]);
        _latest = await Queries.FindLatestAsync(View.Batch.Id, CancellationToken.None);
    }

    private static Func<Paging, Task<Page<T>>> Paged<T>(IReadOnlyList<T> all) => x => Task.FromResult(new Page<T>(all.Count, [.. all.Skip(x.Skip).Take(x.Take)]));

    private sealed record ChangesSource(
        object Key, Func<Paging, Task<Page<DeltaChange>>> Read, Func<Task<IReadOnlyList<AlikeChange>>> ReadAlike, Func<Paging, Task<Page<DeltaWarning>>> ReadWarnings);
}
