using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Batches.Browsing;

public sealed partial class BatchesPage
{
    private readonly HashSet<long> _selected = [];
    private IReadOnlyDictionary<BatchState, int>? _counts;
    private string? _deleteDisabledReason;

    [Inject] internal BatchQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal DeleteBatchHandler Delete { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;

    private ChosenColumns Columns => ChosenColumns.Of(
        Address.List, ("messages", L["Messages"]), ("preflight", L["Preflight"]), ("approval", L["Approval"]), ("progress", L["Progress"]), ("author", L["Author"]), ("changed", L["Changed"]));

    // Until the rows of an address are read, the pair is none yet, or the one before.
    private bool IsPairKnown => Shown is { } shown && shown.Pair == Address.Pair;

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "batch");

    protected override BatchesAddress Read(Uri address) => BatchesAddress.Of(address);

    protected override BatchesAddress WithoutRow(BatchesAddress address) => address with { Batch = null };

    // What is selected is of one pair.
    protected override async Task<string?> FindPairAsync()
    {
        var pair = (await CurrentPair.FindAsync(Gone))?.Id;
        if (pair != Pair)
            _selected.Clear();
        return pair;
    }

    protected override string Unknown(string pair) => L["UnknownPair", pair];

    protected override object KeyOf(BatchRow row) => row.Id;

    protected override Task<Page<BatchRow>> ListAsync(BatchesAddress address, string? pair, CancellationToken cancellationToken) =>
        Queries.ListAsync(address.ToFilter(pair), Paging.Of(address.Skip, address.List.Take), cancellationToken);

    protected override async Task ReadBesideAsync(BatchesAddress address, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken)
    {
        _deleteDisabledReason = Rights.RequireIn(await CurrentCaller.GetAsync(), "delete-batch", Pair, Role.Planner)?.Message;
        _counts = await Queries.CountStatesAsync(Pair, cancellationToken);
    }

    private void Move(long batchId) => Go(Address with { Batch = batchId });

    private void Toggle(long batchId) => _selected.Toggle(batchId);

    private void TogglePage(bool isOn) => _selected.SetAll((Rows?.Items ?? []).Select(x => x.Id), isOn);

    // What is no draft, or is one no longer, stays selected; the reason is said once for each kind.
    private async Task DeleteAsync()
    {
        if (await Dialogs.ConfirmAsync(L.Count("DeleteTitle", _selected.Count), L.Count("DeleteSentence", _selected.Count), L["DeleteAction"], danger: true) is null)
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
