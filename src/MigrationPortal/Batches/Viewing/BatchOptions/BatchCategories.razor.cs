using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing.BatchOptions;

/// <summary>What the batch's categories will be called, with a new name for each as there is one for a room.</summary>
public sealed partial class BatchCategories
{
    private Page<BatchCategoryRow>? _page;
    private int _take = Paging.DefaultTake;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal BatchCategoryQueries Categories { get; set; } = null!;

    [Inject] internal SetCategoryNameHandler SetName { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Drafts Drafts { get; set; } = null!;
    [Inject] internal Toasts Toasts { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (View.Plan is { } plan)
            _page = await Categories.ListAsync(View.Batch.Id, plan.Id, Paging.Of(0, _take), CancellationToken.None);
    }

    private Task MoreAsync()
    {
        _take += Paging.DefaultTake;
        return OnParametersSetAsync();
    }

    private async Task RenameAsync(BatchCategoryRow row)
    {
        var answer = await Dialogs.AskTextAsync(
            L["RenameTitle", row.LegacyName], L["RenameLabel"], row.Name, L["RenameAction"], L["RenameHint"]);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var request = new SetCategoryName(View.Batch.Id, row.Guid, answer.Text, View.Batch.Version);
        var outcome = await Drafts.SendAsync(answer.Draft, () => SetName.HandleAsync(request, caller, CancellationToken.None));
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }
}
