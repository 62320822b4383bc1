using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Lists;
using MigrationPortal.Presence;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing.BatchOptions;

/// <summary>What the batch's categories will be called, with a new name for each as there is one for a room.</summary>
public sealed partial class BatchCategories
{
    private readonly NewestReading _reading = new();
    private Page<BatchCategoryRow>? _page;
    private ListPlace _place;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal BatchCategoryQueries Categories { get; set; } = null!;

    [Inject] internal SetCategoryNameHandler SetName { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] internal CircuitPresence Presence { get; set; } = null!;

    [Inject] internal PageEdits Edits { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;
    [Inject] internal Toasts Toasts { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        var place = ListPlace.Of(Navigation, "categories");
        if (View.Plan is { } plan)
            await _reading.ShowAsync(place.ReadAsync(x => Categories.ListAsync(View.Batch.Id, plan.Id, x, CancellationToken.None)), x => (_page, _place) = x);
    }

    private async Task RenameAsync(BatchCategoryRow row)
    {
        var seen = View;
        var hint = seen.VoidSentence is { } voids ? $"{L["RenameHint"]} {voids}" : L["RenameHint"].Value;
        TextAnswer? answer;
        using (Presence.Edit(await CurrentCaller.GetAsync(), BatchSubject.Of(seen.Batch.Id), PresenceField.Name))
            answer = await Dialogs.AskTextAsync(L["RenameTitle", P.Named(row.LegacyName)], L["RenameLabel"], row.Name, L["RenameAction"], hint, Edits.NoteLabel(seen));
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Edits.SendAsync(seen, BatchFields.CategoryName(row.Guid), attempt => SetName.HandleAsync(
            new SetCategoryName(seen.Batch.Id, row.Guid, answer.Text) { BaseVersion = attempt.BaseVersion, ExpectedRound = attempt.Round }, caller, CancellationToken.None), answer.Note));
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }
}
