using Microsoft.AspNetCore.Components;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing;

public sealed partial class BatchPage
{
    private BatchView? _view;
    private bool _isMissing;
    private IReadOnlyList<LostNote> _lost = [];
    private bool _isRenaming;
    private long _shownId;
    // What others did stands above the rest, so that the rest waits for it.
    private long _toldId;

    [Inject] internal BatchViewQueries Queries { get; set; } = null!;

    [Inject] internal BatchCards Cards { get; set; } = null!;

    [Inject] internal BatchMarks Marks { get; set; } = null!;

    [Inject] internal BatchTabs Later { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal RenameBatchHandler Rename { get; set; } = null!;

    [Inject] internal DeleteBatchHandler Delete { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal PageEdits Edits { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;
    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    [Parameter] public long Id { get; set; }

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery(Name = "skip")] public string? SkipText { get; set; }

    private int Skip => QueryNumber.Skip(SkipText);

    [SupplyParameterFromQuery] public string? Kind { get; set; }

    [SupplyParameterFromQuery] public string? Search { get; set; }

    /// <summary><c>approved</c> shows the plan as it was approved.</summary>
    [SupplyParameterFromQuery] public string? Plan { get; set; }

    [CascadingParameter] public Clock Zone { get; set; } = Clock.Utc;

    private string Shown => Tab ?? "review";

    protected override Task OnParametersSetAsync()
    {
        if (_shownId == Id)
            return Task.CompletedTask;
        (_shownId, _lost) = (Id, []);
        return ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "batch", Id);

    // What is known already is shown before what has to be computed.
    protected override async Task LoadAsync()
    {
        await LoadAsync(computes: false);
        if (_view is not { IsPlanFresh: false })
            return;
        StateHasChanged();
        await LoadAsync(computes: true);
    }

    private async Task LoadAsync(bool computes)
    {
        var shown = _view?.Batch.Id == Id ? _view : null;
        var before = shown?.VoidNotice;
        _view = await Queries.FindAsync(Id, await CurrentCaller.GetAsync(), computes, Gone) is { } read
            // Why there is no plan is shown until it was computed again, with the button that was pressed for that.
            ? read with { Zone = Zone, ReadAgainAsync = ReadAsync, PlanProblem = computes || read.IsPlanFresh ? read.PlanProblem : shown?.PlanProblem }
            : null;
        // Told to whoever had the page open while approvals counted; gone when the batch is submitted again.
        if (_view?.VoidNotice is { } now)
            _lost = now.Round > 0 && now.Round != before?.Round ? [] : before is { Round: > 0 } ? [.. NewsOf(before, now), .. _lost] : _lost;
        _isMissing = _view is null;
    }

    // A round that ended without an approval has no loss to tell.
    private static List<LostNote> NewsOf(IVoidNotice before, IVoidNotice now) =>
        now.Losses.Except(before.Losses).ToList() is { Count: > 0 } losses ? losses : now is { Round: 0, Ended: { } ended } ? [ended] : [];

    private List<TabItem> TabsOf(BatchView view) =>
    [
        Item("review"),
        Item("rooms", Numbers.Group(view.Batch.RoomCount)),
        Item("plan", view.Plan is null ? null : Numbers.Group(view.ItemCount)),
        Item("gains"),
        Item("options"),
        .. Later.All.Where(tab => tab.IsShown?.Invoke(view) != false).Select(tab => Item(tab.Key)),
        Item("history"),
    ];

    private TabItem Item(string key, string? count = null) => new(key, L[$"Tab.{key}"], count);

    // What leads from the other tabs to the one thing to do next.
    private static string? NextText(BatchView view) => view.Batch.State switch
    {
        BatchState.Draft => "Next.Draft",
        BatchState.InReview => "Next.InReview",
        BatchState.Approved or BatchState.Scheduled => "Next.Approved",
        _ => null,
    };

    private async Task RenameAsync()
    {
        var seen = _view!;
        _isRenaming = true;
        StateHasChanged();
        var answer = await Dialogs.AskTextAsync(L["RenameTitle"], L["RenameLabel"], seen.Batch.Name, L["RenameAction"]);
        _isRenaming = false;
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Edits.SendAsync(seen, BatchFields.Name, attempt =>
            Rename.HandleAsync(new RenameBatch(seen.Batch.Id, answer.Text) { BaseVersion = attempt.BaseVersion }, caller, CancellationToken.None)));
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }

    private async Task DeleteAsync()
    {
        if (await Dialogs.ConfirmAsync(L["DeleteTitle", _view!.Batch.Name], L.Count("DeleteSentence", _view.Batch.RoomCount), L["DeleteAction"], danger: true) is null)
            return;
        var outcome = await Delete.HandleAsync(new DeleteBatch(Id), await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome.IsDone)
            Navigation.NavigateTo(Urls.Batches(Pair));
        else
            Toasts.Refused(outcome.Refusal);
    }
}
