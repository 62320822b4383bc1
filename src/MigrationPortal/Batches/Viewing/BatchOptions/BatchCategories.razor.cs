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
        var name = await Dialogs.AskTextAsync(
            L["RenameTitle", row.LegacyName], L["RenameLabel"], row.Name, L["RenameAction"], L["RenameHint"]);
        if (name is null)
            return;
        var outcome = await SetName.HandleAsync(new SetCategoryName(View.Batch.Id, row.Guid, name, View.Batch.Version), await CurrentCaller.GetAsync(), CancellationToken.None);
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }
}
