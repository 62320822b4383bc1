using Microsoft.AspNetCore.Components;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using NodaTime;

namespace MigrationPortal.Windows.Viewing;

/// <summary>The windows of a pool pair as a tab of its page, or of all pool pairs as a page of their own.</summary>
public sealed partial class WindowsTab
{
    private PoolPair? _pair;
    private bool _isLoaded;
    private WindowSet? _set;
    // What the draft was made of.
    private WindowSet? _base;
    private WindowSet? _others;
    private WindowsDraft? _draft;
    private string? _scope;
    private Caller? _caller;
    private string _reason = "";
    private string? _problem;

    [Inject] internal CurrentPair Pairs { get; set; } = null!;

    [Inject] internal WindowQueries Queries { get; set; } = null!;

    [Inject] internal SetWindowsHandler Set { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] internal TimeProvider Now { get; set; } = null!;

    /// <summary>The pool pair on whose page it stands; null on the page of its own.</summary>
    [CascadingParameter] public PoolPair? OfPair { get; set; }

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    /// <summary><c>all</c>: the windows of all pool pairs.</summary>
    [SupplyParameterFromQuery] public string? Scope { get; set; }

    [CascadingParameter] public Clock Zone { get; set; } = Clock.Utc;

    private static IEnumerable<string> Zones => DateTimeZoneProviders.Tzdb.Ids;

    private bool IsAll => OfPair is null && Scope == "all";

    private string? DisabledReason => _caller is null ? null
        : _caller.Has(Role.Administrator) ? SetWindowsHandler.Refuse(IsAll ? null : _pair!.Id, _caller)?.Message : L["AdministratorsOnly"].Value;

    private List<TabItem> Scopes => [new("pair", _pair!.Name), new("all", L["AllPairs"])];

    private string Place => $"windows/{(IsAll ? WindowSet.All : _pair!.Id)}";

    private string FileUrl => IsAll ? $"{Urls.Api}/windows/export" : $"{Urls.Api}/pool-pairs/{Uri.EscapeDataString(_pair!.Id)}/windows/export";

    private string Saved => DraftText.Of(DraftOf(_base));

    /// <summary>What is typed, as long as it means something; else what is saved.</summary>
    private IReadOnlyCollection<Window> Drawn =>
        [.. _others?.Items ?? [], .. _draft!.Items.All(x => x.FindProblem() is null) && _draft.Read() is var read && WindowRules.Check(read) is null ? read : _set?.Items ?? []];

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override bool Follows(string topic) => topic == SetWindowsHandler.Topic;

    protected override async Task LoadAsync()
    {
        _caller = await CurrentCaller.GetAsync();
        _pair = OfPair ?? await Pairs.FindAsync(Gone);
        _isLoaded = true;
        if (_pair is null)
            return;
        var scope = IsAll ? WindowSet.All : _pair.Id;
        if (scope != _scope)
            (_draft, _base, _problem, _scope) = (null, null, null, scope);
        _set = await Queries.FindSetAsync(scope, Gone);
        _others = await Queries.FindSetAsync(IsAll ? _pair.Id : WindowSet.All, Gone);
        // What somebody is writing stays theirs, and saving it over a newer version is refused; what nobody touched follows.
        if (_draft is null || DraftText.Of(_draft) == Saved)
            (_draft, _base) = (DraftOf(_set), _set);
    }

    private static WindowsDraft DraftOf(WindowSet? set) => WindowsDraft.Of(set?.Items ?? [], set?.AtEnd ?? WindowEnd.FinishRooms);

    private string UrlOf(string tab) => tab == "all" ? $"{Urls.Windows(_pair!.Id)}&scope=all" : Urls.Windows(_pair!.Id);

    private Task AddAsync()
    {
        _draft!.Items.Add(new WindowDraft { Zone = Zone.Zone.HasIanaId && DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone.Name) is not null ? Zone.Name : "Etc/UTC" });
        return KeepAsync();
    }

    private Task RemoveAsync(WindowDraft window)
    {
        _draft!.Items.Remove(window);
        return KeepAsync();
    }

    private Task ChangeEndAsync(WindowEnd end)
    {
        _draft!.AtEnd = end;
        return KeepAsync();
    }

    private async Task KeepAsync() => await Drafts.WriteAsync(Place, Saved, DraftText.Of(_draft));

    private void Restore(ChangeEventArgs args) => _draft = DraftText.Read<WindowsDraft>(args.Value as string ?? "") ?? _draft;

    private async Task SaveAsync()
    {
        if (_draft!.Items.Find(x => x.FindProblem() is not null) is { } wrong)
        {
            _problem = L[wrong.FindProblem()!];
            return;
        }

        var request = new SetWindows(IsAll ? null : _pair!.Id, _draft.Read(), _draft.AtEnd, _reason, _base?.Version ?? 0);
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(Place, () => Set.HandleAsync(request, caller, CancellationToken.None));
        _problem = outcome.Refusal?.Message;
        if (!outcome.IsDone)
            return;
        (_reason, _draft) = ("", null);
        Toasts.Done(L["Saved"]);
        await ReadAsync();
    }
}
