using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Policy.Loosening;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MudBlazor;

namespace MigrationPortal.Reviews.Policy;

/// <summary>The Approvals tab of a pool pair.</summary>
public sealed partial class PolicyTab
{
    private PoolPair? _pair;
    private bool _isLoaded;
    private CurrentPolicy? _current;
    private CurrentPolicy? _seen;
    private PolicyProposal? _proposal;
    private PolicyDraft? _draft;
    private Page<PolicyVersion> _versions = new(0, []);
    private ListPlace _place;
    private Page<PolicyEffect>? _effects;
    private Caller? _caller;
    private string _reason = "";
    private bool _alsoOpen;
    private string? _problem;

    [Inject] internal CurrentPair Pairs { get; set; } = null!;

    [Inject] internal PolicyQueries Policies { get; set; } = null!;

    [Inject] internal PolicyProposals Proposals { get; set; } = null!;

    [Inject] internal PolicyPreview Previews { get; set; } = null!;

    [Inject] internal SetPolicyHandler Set { get; set; } = null!;

    [Inject] internal PeopleRights People { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal PolicyConflicts Conflicts { get; set; } = null!;

    [Inject] internal IDialogService Dialogs { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    [Inject] internal IStringLocalizer<Parts> Words { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    /// <summary>Of the history, the one list here, and read with the rest of the address: a change of it is another page.</summary>
    [SupplyParameterFromQuery(Name = "skip")] public string? SkipText { get; set; }

    [SupplyParameterFromQuery(Name = "take")] public string? TakeText { get; set; }

    private string? DisabledReason => _caller is null || _caller.Has(Role.Administrator) ? null : L["AdministratorsOnly"].Value;

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => topic == "reviews" || LiveFeed.IsOf(topic, "pair", _pair?.Id);

    protected override async Task LoadAsync()
    {
        _caller = await CurrentCaller.GetAsync();
        var pair = await Pairs.FindAsync(Gone);
        if (pair?.Id != _pair?.Id)
            (_draft, _effects) = (null, null);
        _pair = pair;
        _isLoaded = true;
        if (_pair is null)
            return;
        _current = await Policies.FindAsync(_pair.Id, Gone);
        (_versions, _place) = await ListPlace.Of(Navigation).ReadAsync(x => Policies.VersionsAsync(_pair.Id, x, Gone));
        _proposal = await Proposals.FindOpenAsync(_pair.Id, Gone);
        // What somebody is writing stays theirs, and is merged with a newer version when it is saved.
        if (_draft is null || _seen is null || DraftText.Of(_draft) == DraftText.Of(PolicyDraft.Of(_seen.Policy)))
            (_draft, _seen) = (PolicyDraft.Of(_current.Policy), _current);
        if (_effects is not null)
            _effects = await Previews.ListAsync(_pair.Id, _draft.Read(), Gone);
    }

    private string Place => $"policy/{_pair!.Id}";

    private string Saved => DraftText.Of(PolicyDraft.Of(_current!.Policy));

    private Task RecommendAsync()
    {
        _draft = PolicyDraft.Of(ReviewPolicy.Recommended);
        return KeepAsync();
    }

    private async Task KeepAsync()
    {
        _effects = null;
        await Drafts.WriteAsync(Place, Saved, DraftText.Of(_draft));
    }

    private void Restore(ChangeEventArgs args) => _draft = DraftText.Read<PolicyDraft>(args.Value as string ?? "") ?? _draft;

    private async Task PreviewAsync()
    {
        var policy = _draft!.Read();
        _problem = PolicyRules.Check(policy, People.Groups)?.Message;
        _effects = _problem is null ? await Previews.ListAsync(_pair!.Id, policy, Gone) : null;
    }

    private async Task SaveAsync()
    {
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(Place, () => SendAsync(new SetPolicy(_pair!.Id, _draft!.Read(), _reason, _alsoOpen) { BaseVersion = _seen!.Version }, caller));
        _problem = outcome.Refusal?.Message;
        if (!outcome.IsDone)
            return;
        (_reason, _alsoOpen, _effects, _draft) = ("", false, null, null);
        Toasts.Done(outcome.Value.Proposal is null ? L["Saved"] : L["Proposed"]);
        await ReadAsync();
    }

    private async Task<Outcome<PolicyAnswer>> SendAsync(SetPolicy request, Caller caller)
    {
        var seen = _seen!.Policy;
        while (true)
        {
            var outcome = await Set.HandleAsync(request, caller, CancellationToken.None);
            if (EditConflict.Of(outcome.Refusal) is not { Version: { } version } conflict || await Dialogs.AskConflictAsync(Words, await Conflicts.OfAsync(conflict.Fields)) is not { } choice)
                return outcome;
            var now = (await Policies.FindAsync(_pair!.Id, CancellationToken.None)).Policy;
            var wanted = PolicyMerge.Of(seen, request.Policy, now).With(request.Policy, conflict.Fields.Select(x => x.Field).Except(choice.Left));
            (seen, request) = (now, request with { Policy = wanted, BaseVersion = version });
        }
    }
}
