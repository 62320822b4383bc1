using Microsoft.AspNetCore.Components;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.CutOver;

/// <summary>The checklist of a pool pair; every open browser sees a step that somebody ticks.</summary>
public sealed partial class CutOverPage
{
    private CutOverView? _view;
    private string? _pair;
    private string? _problem;
    private string? _mayNot;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [Inject] internal CutOverQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal SetCutOverStepHandler Set { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "cut-over", _pair);

    protected override async Task LoadAsync()
    {
        _mayNot = Rights.Require(await CurrentCaller.GetAsync(), Role.Operator, L["Working through the cut-over"])?.Message;
        _pair = (await CurrentPair.FindAsync(Gone))?.Id;
        if (_pair is null)
        {
            _problem = L["No pool pair is configured."];
            return;
        }

        _view = await Queries.FindAsync(_pair, Gone);
    }

    private string? Early(CutOverLine line) => _view?.Next is { } next && next < line.Step.Number ? L["Step {0} comes first.", next].Value : null;

    private async Task OwnAsync(CutOverLine line)
    {
        if (await Dialogs.AskTextAsync(L["Owner of step {0}", line.Step.Number], L["Who sees to it"], line.State?.Owner ?? "", L["Save"]) is { } owner)
            await TellAsync(new SetCutOverStep(_pair!, line.Step.Number, owner, null, null));
    }

    private async Task DoneAsync(CutOverLine line)
    {
        var sentence = L["Step {0}: {1}. Recorded with your name and the time.", line.Step.Number, L[line.Step.What].Value];
        if (await Dialogs.ConfirmAsync(L["Step {0} is done", line.Step.Number], sentence, L["Record it"], L["Evidence, or why it is not needed"]) is { } answer)
            await TellAsync(new SetCutOverStep(_pair!, line.Step.Number, null, true, answer.Reason), answer.Draft);
    }

    private async Task TakeBackAsync(CutOverLine line)
    {
        if (await Dialogs.ConfirmAsync(L["Take step {0} back", line.Step.Number], L["It counts as open again; the audit keeps what was recorded."], L["Take back"], danger: true) is not null)
            await TellAsync(new SetCutOverStep(_pair!, line.Step.Number, null, false, null));
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
