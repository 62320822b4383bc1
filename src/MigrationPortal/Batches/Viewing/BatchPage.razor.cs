using Microsoft.AspNetCore.Components;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Live;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing;

public sealed partial class BatchPage
{
    private BatchView? _view;
    private bool _isMissing;
    private long _shownId;

    [Inject] internal BatchViewQueries Queries { get; set; } = null!;

    [Inject] internal BatchCards Cards { get; set; } = null!;

    [Inject] internal BatchTabs Later { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal RenameBatchHandler Rename { get; set; } = null!;

    [Inject] internal DeleteBatchHandler Delete { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] public required NavigationManager Navigation { get; set; }

    [Parameter] public long Id { get; set; }

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery] public int Skip { get; set; }

    [SupplyParameterFromQuery] public string? Kind { get; set; }

    // A reviewer comes for the plan, everybody else for the rooms.
    private string Shown => Tab ?? (_view?.Batch.State == BatchState.InReview ? "plan" : "rooms");

    protected override Task OnParametersSetAsync()
    {
        if (_shownId == Id)
            return Task.CompletedTask;
        _shownId = Id;
        return ReadAsync();
    }

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "batch", Id);

    // What is known already is shown before what has to be computed.
    protected override async Task LoadAsync()
    {
        await LoadAsync(computes: false);
        StateHasChanged();
        if (!_isMissing)
            await LoadAsync(computes: true);
    }

    private async Task LoadAsync(bool computes)
    {
        _view = await Queries.FindAsync(Id, await CurrentCaller.GetAsync(), computes, Gone);
        _isMissing = _view is null;
    }

    private List<TabItem> TabsOf(BatchView view) =>
    [
        new("rooms", L["Rooms"], Numbers.Group(view.Batch.RoomCount)),
        new("plan", L["Plan"], view.Plan is null ? null : Numbers.Group(view.ItemCount)),
        new("preflight", L["Preflight"], view.Plan is null ? null : Numbers.Group(view.FindingCount)),
        new("gains", L["Who gains"]),
        new("options", L["Options"]),
        .. Later.All.Where(tab => tab.IsShown?.Invoke(view) != false).Select(tab => new TabItem(tab.Key, L[tab.Title])),
        new("history", L["History"]),
    ];

    private async Task RenameAsync()
    {
        if (await Dialogs.AskTextAsync(L["Rename the batch"], L["Name"], _view!.Batch.Name, L["Rename"]) is not { } name)
            return;
        var outcome = await Rename.HandleAsync(new RenameBatch(Id, name, _view.Batch.Version), await CurrentCaller.GetAsync(), CancellationToken.None);
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }

    private async Task DeleteAsync()
    {
        var sentence = L["“{0}” is deleted; its {1} go back to being in no batch. Nothing was written to the new pool.", _view!.Batch.Name, Numbers.Count(_view.Batch.RoomCount, "room")];
        if (await Dialogs.ConfirmAsync(L["Delete the draft"], sentence, L["Delete"], danger: true) is null)
            return;
        var outcome = await Delete.HandleAsync(new DeleteBatch(Id), await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome.IsDone)
            Navigation.NavigateTo(Urls.Batches(Pair));
        else
            Toasts.Refused(outcome.Refusal);
    }
}
