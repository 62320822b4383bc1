using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing;

public sealed partial class BatchRoomsTab
{
    private Page<BatchRoomRow>? _page;
    private IReadOnlyDictionary<long, string> _names = new Dictionary<long, string>();

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal BatchRoomQueries Rooms { get; set; } = null!;

    [Inject] internal PlanQueries Plans { get; set; } = null!;

    [Inject] internal SetNewNameHandler SetNewName { get; set; } = null!;

    [Inject] internal RemoveRoomsHandler RemoveRooms { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Parameter] public int Skip { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var page = await Rooms.ListAsync(View.Batch.Id, Paging.Of(Skip, null), CancellationToken.None);
        if (View.Plan is { } plan)
            _names = await Plans.NamesAsync(plan.Id, [.. page.Items.Select(x => x.RoomId)], CancellationToken.None);
        _page = page;
    }

    private string? NameOf(BatchRoomRow row) => row.NewName ?? _names.GetValueOrDefault(row.RoomId);

    private async Task RenameAsync(BatchRoomRow row)
    {
        var name = await Dialogs.AskTextAsync(
            L["Name in the new pool"], L["New name of “{0}”", row.LegacyName ?? ""], NameOf(row) ?? "", L["Set the name"], L["Empty lets the rule name it again."]);
        if (name is null)
            return;
        Show(await SetNewName.HandleAsync(new SetNewName(View.Batch.Id, row.RoomId, name), await CurrentCaller.GetAsync(), CancellationToken.None));
    }

    private async Task RemoveAsync(BatchRoomRow row)
    {
        var sentence = View.Batch.State == BatchState.Draft
            ? L["“{0}” leaves this batch and is in none.", row.LegacyName ?? ""]
            : L["“{0}” leaves this batch. The batch goes back to draft and its approvals no longer count.", row.LegacyName ?? ""];
        if (await Dialogs.ConfirmAsync(L["Take a room out"], sentence, L["Take out"]) is null)
            return;
        Show(await RemoveRooms.HandleAsync(new RemoveRooms(View.Batch.Id, [row.RoomId]), await CurrentCaller.GetAsync(), CancellationToken.None));
    }

    private void Show(Engine.Outcome<BatchEdited> outcome)
    {
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }
}
