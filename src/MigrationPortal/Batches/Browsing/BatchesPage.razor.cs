using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Batches.Browsing;

public sealed partial class BatchesPage
{
    private readonly HashSet<long> _selected = [];
    private BatchesAddress _address = new();
    private BatchesAddress? _shown;
    private Page<BatchRow>? _page;
    private IReadOnlyDictionary<BatchState, int>? _counts;
    private string? _pair;
    private string? _problem;
    private string? _deleteDisabledReason;
    private bool _hasMoved;
    private TypingPause? _typing;

    [Inject] internal BatchQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal DeleteBatchHandler Delete { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _address = BatchesAddress.Of(new Uri(Navigation.Uri));
        if (!RendererInfo.IsInteractive)
            return;
        Navigation.LocationChanged += OnLocationChanged;
        await ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "batch");

    protected override async Task LoadAsync()
    {
        _deleteDisabledReason = Rights.Require(await CurrentCaller.GetAsync(), Role.Planner, "delete-batch")?.Message;
        var address = _address;
        var pair = await CurrentPair.FindAsync(Gone);
        _problem = pair is null && address.Pair is { } unknown ? L["UnknownPair", unknown].Value : null;
        _pair = pair?.Id;
        _counts = await Queries.CountStatesAsync(_pair, Gone);
        _page = await Queries.ListAsync(address.ToFilter(_pair), Paging.Of(address.Skip, address.List.Take), Gone);
        (_shown, _hasMoved) = (address with { Batch = null }, false);
    }

    /// <summary>Another person changed something: cells change in place, but rows wait to be moved until they are asked to.</summary>
    protected override async Task RefreshAsync()
    {
        if (_shown is null || _page is null || _problem is not null)
        {
            await ReadAsync();
            return;
        }

        _counts = await Queries.CountStatesAsync(_pair, Gone);
        var page = await Queries.ListAsync(_shown.ToFilter(_pair), Paging.Of(_shown.Skip, _shown.List.Take), Gone);
        if (_page.Total > 0 && !page.Items.Select(x => x.Id).SequenceEqual(_page.Items.Select(x => x.Id)))
            _hasMoved = true;
        else
            _page = page;
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Navigation.LocationChanged -= OnLocationChanged;
        _typing?.Dispose();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (new Uri(args.Location).AbsolutePath != Urls.Batches())
            return;
        _address = BatchesAddress.Of(new Uri(args.Location));
        StateHasChanged();
        if (_shown?.ToString() != (_address with { Batch = null }).ToString())
            await ReadAsync();
    });

    private Task SearchAsync(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() =>
        Navigation.NavigateTo((_address with { Search = text.Length == 0 ? null : text, Skip = 0, Batch = null }).ToString(), replace: true));

    private void Toggle(long batchId) => _selected.Toggle(batchId);

    private void TogglePage(bool isOn) => _selected.SetAll((_page?.Items ?? []).Select(x => x.Id), isOn);

    // What is no draft, or is one no longer, stays selected; the reason is said once for each kind.
    private async Task DeleteAsync()
    {
        if (await Dialogs.ConfirmAsync(L.Count("DeleteTitle", _selected.Count), L["DeleteSentence"], L["DeleteAction"], danger: true) is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var (deleted, refused) = (0, new Dictionary<string, Engine.Refusal>());
        foreach (var id in _selected.ToList())
        {
            var outcome = await Delete.HandleAsync(new DeleteBatch(id), caller, CancellationToken.None);
            if (outcome.IsDone)
                deleted++;
            else
                refused.TryAdd(outcome.Refusal.Code, outcome.Refusal);
            if (outcome.IsDone)
                _selected.Remove(id);
        }

        if (deleted > 0)
            Toasts.Done(L.Count("Deleted", deleted));
        foreach (var refusal in refused.Values)
            Toasts.Refused(refusal);
        await ReadAsync();
    }
}
