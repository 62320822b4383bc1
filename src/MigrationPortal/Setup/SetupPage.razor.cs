using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.PoolPairs.Checking;
using MigrationPortal.PoolPairs.Keeping;
using MigrationPortal.SignIn;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Setup;

/// <summary>
/// Leads from an empty portal to the first scan, or to the configuration that it needs. All fields stay in the page, whatever step is
/// shown, so that the browser's drafts give every one of them back after a reload.
/// </summary>
public sealed partial class SetupPage
{
    /// <summary>After the last key: a connection costs the server more than a search.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(700);

    private readonly SetupDraft _draft = new();
    private readonly Dictionary<SideDraft, CancellationTokenSource> _checks = [];
    // One a side: whoever goes on to the other side has not taken back the first.
    private readonly Dictionary<SideDraft, TypingPause> _typing = [];
    private bool _isFirst = true;
    private bool _isLoaded;
    private int _configured;
    private Refusal? _refusal;
    private string? _problem;
    private IReadOnlyList<PairMistake> _mistakes = [];

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    [Inject] internal IOptions<AdministrationOptions> Administration { get; set; } = null!;

    [Inject] internal PoolPairQueries Pairs { get; set; } = null!;

    [Inject] internal TryPoolSideHandler Try { get; set; } = null!;

    [Inject] internal KeepPoolPairHandler Keep { get; set; } = null!;

    [Inject] internal KeptPairRules Rules { get; set; } = null!;

    [Inject] internal PoolPairCatalog Catalog { get; set; } = null!;

    [Inject] internal KeptPairQueries Kept { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Step { get; set; }

    /// <summary>A kept pair whose connections are changed.</summary>
    [SupplyParameterFromQuery] public string? Edit { get; set; }

    private string[] Steps => _draft.EditedId is not null ? ["products", "connections", "files", "save"] : Administration.Value.EditPoolPairs ? ["products", "connections", "files", "options", "scan"] : ["products", "connections", "files", "configuration"];

    private string Current => Step is { } step && Steps.Contains(step) ? step : Steps[0];

    private string? Before => Array.IndexOf(Steps, Current) is > 0 and var at ? Steps[at - 1] : null;

    private string? After => Array.IndexOf(Steps, Current) is var at && at + 1 < Steps.Length ? Steps[at + 1] : null;

    private string? NameProblem => _draft.Name.Trim().Length == 0 ? null : Sentence("Name", "Id");

    /// <summary>Why the step cannot be left forwards; null when it can.</summary>
    private string? DisabledReason => Current switch
    {
        "products" => _draft.Name.Trim().Length == 0 ? L["NameNeeded"].Value : NameProblem,
        "connections" => _draft.Legacy.IsConnected && _draft.New.IsConnected ? Sentence("Legacy:ConnectionString", "New:ConnectionString") : L["ConnectionsNeeded"].Value,
        "files" => _draft.Legacy.HasStore && _draft.New.HasStore ? Sentence("Legacy:FileStore", "New:FileStore") : L["StoresNeeded"].Value,
        _ => _draft.Legacy.HasStore && _draft.New.HasStore && _mistakes.Count == 0 && _draft.Name.Trim().Length > 0 ? null : L["StepsNeeded"].Value,
    };

    private string Tested
    {
        get
        {
            if (_draft.Legacy.IsChecking || _draft.New.IsChecking)
                return L["Testing"];
            var warnings = _draft.Legacy.Warnings + _draft.New.Warnings;
            return _draft.Legacy.IsConnected && _draft.New.IsConnected && warnings > 0 ? L.Count("Warnings", warnings) : "";
        }
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => topic == FollowKeptPairs.Topic;

    protected override async Task LoadAsync()
    {
        _refusal = Rights.Require(await CurrentCaller.GetAsync(), Role.Administrator, "edit-pool-pairs");
        var pairs = await Pairs.ListAsync(Gone);
        (_isFirst, _configured, _isLoaded) = (pairs.Count == 0, pairs.Count(x => x.IsConfigured), true);
        if (Edit is not null && _draft.EditedId is null && await Kept.FindAsync(Edit, Gone) is { } kept)
            EditedPair.Fill(_draft, kept, Catalog.Find(kept.Id));
        await JudgeAsync();
    }

    private string UrlOf(string step) => Urls.Setup(step, Edit);

    protected override void Dispose(bool disposing)
    {
        foreach (var pause in _typing.Values)
            pause.Dispose();
        foreach (var check in _checks.Values)
            check.Cancel();
        base.Dispose(disposing);
    }

    private bool IsDone(string step) => step switch
    {
        "products" => _draft.Name.Trim().Length > 0 && NameProblem is null,
        "connections" => _draft.Legacy.IsConnected && _draft.New.IsConnected,
        "files" => _draft.Legacy.HasStore && _draft.New.HasStore && (_draft.Legacy.FileStore.Length > 0 || IsBehind(step)),
        _ => IsBehind(step),
    };

    private bool IsBehind(string step) => Array.IndexOf(Steps, step) < Array.IndexOf(Steps, Current);

    private string Sum(string step) => step switch
    {
        "products" when IsDone(step) => _draft.Name.Trim(),
        "connections" when IsDone(step) => _draft.Legacy.Warnings + _draft.New.Warnings is > 0 and var warnings ? L.Count("TestedWarnings", warnings) : L["TestedAll"],
        "options" when PlanOptionFields.Of(_draft.Options).Count(x => !x.IsDefault) is > 0 and var changed => L.Count("Changed", changed),
        _ => L[$"Sub.{step}"],
    };

    private async Task ChangedAsync(SideDraft? side)
    {
        _problem = null;
        await JudgeAsync();
        foreach (var changed in side is null ? [_draft.Legacy, _draft.New] : new[] { side })
        {
            if (!_typing.TryGetValue(changed, out var pause))
                _typing[changed] = pause = new TypingPause(Time, _pause);
            _ = pause.ThenAsync(() => InvokeAsync(() => CheckAsync(changed)));
        }
    }

    private async Task JudgeAsync()
    {
        var others = Administration.Value.EditPoolPairs ? (await Kept.ListAsync(Gone)).Where(x => x.Id != _draft.EditedId) : [];
        // Read after the wait: several fields change at once when their drafts come back, and the last judgement is of all of them.
        _mistakes = Rules.Mistakes(_draft.ToSettings(), others);
    }

    private string? Sentence(params IReadOnlyList<string> keys) =>
        _mistakes.FirstOrDefault(x => keys.Contains(x.Key.Path))?.Word(key => L[$"Field.{key.Path.Replace(':', '.')}"] is { ResourceNotFound: false } label ? label.Value : key.Path).ToString();

    private Task CheckBothAsync() => Task.WhenAll(CheckAsync(_draft.Legacy), CheckAsync(_draft.New));

    /// <summary>The last question counts: the one before it is given up, and its answer shown to nobody.</summary>
    private async Task CheckAsync(SideDraft side)
    {
        if (_checks.Remove(side, out var former))
            await former.CancelAsync();
        if (!side.IsComplete || Gone.IsCancellationRequested)
        {
            side.IsChecking = false;
            return;
        }

        var mine = _checks[side] = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        var settings = side.ToSettings();
        side.IsChecking = true;
        StateHasChanged();
        try
        {
            var outcome = await Try.HandleAsync(new(side.IsLegacy, settings), await CurrentCaller.GetAsync(), mine.Token);
            (side.Lines, side.Checked, side.CheckedAt) = (outcome.IsDone ? outcome.Value : [new(CheckKind.Database, CheckState.Failed, outcome.Refusal.Wording)], settings, Time.GetUtcNow());
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }

        side.IsChecking = false;
        StateHasChanged();
    }

    private async Task SaveAsync()
    {
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(_draft.Place, () => Keep.HandleAsync(new KeepPoolPair(_draft.ToSettings(), _draft.Version, _draft.EditedId is null ? _draft.Options : null), caller, CancellationToken.None));
        _problem = outcome.Refusal?.Message;
        if (outcome.IsDone)
            Navigation.NavigateTo(_draft.EditedId is null ? Urls.Overview(outcome.Value.Id) : Urls.Administration(pair: outcome.Value.Id));
    }

    private async Task FindPairAsync()
    {
        if (await Pairs.FindAsync(_draft.Id, Gone) is { IsConfigured: true } found)
            Navigation.NavigateTo(Urls.Administration(pair: found.Id));
        else
            _problem = L["NotThereYet", _draft.Id];
    }
}
