using Microsoft.AspNetCore.Components;
using MigrationPortal.CutOver.Timing;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.CutOver;

/// <summary>The checklist of a pool pair; every open browser sees a step that somebody ticks.</summary>
public sealed partial class CutOverPage
{
    /// <summary>Lines of "How to go back".</summary>
    private const int BackSteps = 5;

    private CutOverView? _view;
    private CutOverTime? _time;
    private CutOverForecast? _forecast;
    private IReadOnlyList<CutOverBatchLine> _batches = [];
    private string? _pair;
    private string? _problem;
    private string? _mayNot;
    private string? _mayNotPlan;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [Inject] internal CutOverQueries Queries { get; set; } = null!;

    [Inject] internal CutOverBatches Batches { get; set; } = null!;

    [Inject] internal CutOverTimeQueries Times { get; set; } = null!;

    [Inject] internal SetCutOverTimeHandler SetTime { get; set; } = null!;

    [Inject] public required TimeProvider Now { get; set; }

    [CascadingParameter] public Clock Zone { get; set; } = Clock.Utc;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal SetCutOverStepHandler Set { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;

    private CutOverBatchLine? Next => _batches.FirstOrDefault(CutOverBatches.IsReady);

    // The page's former address.
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive && new Uri(Navigation.Uri).AbsolutePath == "/cut-over")
            Navigation.NavigateTo(Urls.CutOver(Pair), replace: true);
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "cut-over", _pair) || LiveFeed.IsOf(topic, "batch");

    private static string? PartOf(int number) => number switch { 1 => "Part.Prepare", CutOverChecklist.FinalDelta => "Part.Migrate", 8 => "Part.Open", _ => null };

    protected override async Task LoadAsync()
    {
        var caller = await CurrentCaller.GetAsync();
        _pair = (await CurrentPair.FindAsync(Gone))?.Id;
        _problem = _pair is null ? L["NoPair"].Value : null;
        if (_pair is null)
            return;
        _mayNot = Rights.RequireThere(caller, SetCutOverStepHandler.Doing, [Role.Operator], _pair, null)?.Message;
        _mayNotPlan = Rights.RequireThere(caller, SetCutOverTimeHandler.Doing, SetCutOverTimeHandler.Roles, _pair, null)?.Message;
        _batches = await Batches.ListAsync(_pair, Gone);
        _time = await Times.FindAsync(_pair, Gone);
        var left = _batches.Where(x => !x.IsClosed).Sum(x => x.Messages);
        _forecast = CutOverForecast.Of(_time, left == 0 ? null : await Times.EstimateAsync(_pair, left, Gone), Now.GetUtcNow());
        _view = await Queries.FindAsync(_pair, Gone);
    }

    private async Task PlanAsync()
    {
        var (seen, pair) = (_time, _pair!);
        var answer = await Dialogs.AskAsync<CutOverTimeDialog, CutOverTimeAnswer>(L["PlanTitle"], new()
        {
            { x => x.Zone, Zone },
            { x => x.StartsAt, seen?.StartsAt },
            { x => x.EndsAt, seen?.EndsAt },
        });
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => SetTime.HandleAsync(new SetCutOverTime(pair, answer.StartsAt, answer.EndsAt, seen?.Version ?? 0), caller, CancellationToken.None));
        if (outcome.IsDone)
            Toasts.Done(L[answer.StartsAt is null ? "Unplanned" : "Planned"]);
        else
            Toasts.Refused(outcome.Refusal);
    }

    private async Task OwnAsync(CutOverLine line)
    {
        if (await Dialogs.AskTextAsync(L["OwnerTitle", line.Step.Number], L["Owner"], line.State?.Owner ?? "", L["Save"]) is { } owner)
            await TellAsync(new SetCutOverStep(_pair!, line.Step.Number, owner.Text, null, null) { Seen = line.Version }, owner.Draft);
    }

    private async Task DoneAsync(CutOverLine line)
    {
        var sentence = L["DoneSentence", L[$"Step.{line.Step.Number}"].Value];
        if (await Dialogs.ConfirmAsync(L["DoneTitle", line.Step.Number], sentence, L["DoneAction"], L["Evidence"]) is { } answer)
            await TellAsync(new SetCutOverStep(_pair!, line.Step.Number, null, true, answer.Reason) { Seen = line.Version }, answer.Draft);
    }

    private async Task ReopenAsync(CutOverLine line)
    {
        if (await Dialogs.ConfirmAsync(L["ReopenTitle", line.Step.Number], L["ReopenSentence"], L["ReopenAction"], danger: true) is not null)
            await TellAsync(new SetCutOverStep(_pair!, line.Step.Number, null, false, null) { Seen = line.Version });
    }

    private async Task TellAsync(SetCutOverStep request, string draft = "")
    {
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(draft, () => Set.HandleAsync(request, caller, CancellationToken.None));
        if (outcome.IsDone)
            _view = outcome.Value;
        else
            Toasts.Refused(outcome.Refusal);
    }
}
