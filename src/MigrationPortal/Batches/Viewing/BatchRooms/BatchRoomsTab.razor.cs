using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>The rooms of a batch: found, filtered, selected and removed together.</summary>
public sealed partial class BatchRoomsTab : IDisposable
{
    private readonly HashSet<long> _selected = [];
    private BatchRoomFilter _filter = new();
    private Page<BatchRoomRow>? _page;
    private BatchRoomCounts? _counts;
    private IReadOnlyDictionary<long, string> _names = new Dictionary<long, string>();
    private TypingPause? _typing;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal BatchRoomQueries Queries { get; set; } = null!;

    [Inject] internal PlanQueries Plans { get; set; } = null!;

    [Inject] internal SetNewNameHandler SetNewName { get; set; } = null!;

    [Inject] internal RemoveRoomsHandler Remove { get; set; } = null!;

    [Inject] internal Microsoft.Extensions.Localization.IStringLocalizer<ImportTexts> Importing { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal TimeProvider Time { get; set; } = null!;

    [Inject] internal PageEdits Edits { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;
    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    private bool IsPageSelected => _page is { Items.Count: > 0 } page && page.Items.All(x => _selected.Contains(x.RoomId));

    public void Dispose()
    {
        _typing?.Dispose();
    }

    // The page around it is drawn again with each change of the address and of the batch.
    protected override async Task OnParametersSetAsync()
    {
        var filter = BatchRoomFilter.Of(new Uri(Navigation.Uri));
        _filter = filter;
        var page = await Queries.ListAsync(View.Batch.Id, filter, Paging.Of(filter.Skip, filter.List.Take), CancellationToken.None);
        var counts = await Queries.CountAsync(View.Batch.Id, CancellationToken.None);
        if (View.Plan is { } plan)
            _names = await Plans.NamesAsync(plan.Id, [.. page.Items.Select(x => x.RoomId)], CancellationToken.None);
        (_page, _counts) = (page, counts);
    }

    private static string Count(int? count) => count is { } number ? Numbers.Group(number) : "·";

    private string RuleName(string rule, int count) => Rules[$"{rule}.{(count == 1 ? "One" : "Other")}", Numbers.Group(count)] is { ResourceNotFound: false } text ? text.Value : rule;

    private string Url(BatchRoomFilter filter) => filter.Url(View.Batch.Id, View.Pair.Id);

    private void Go(BatchRoomFilter filter) => Navigation.NavigateTo(Url(filter));

    private string? NameOf(BatchRoomRow row) => row.NewName ?? _names.GetValueOrDefault(row.RoomId);

    private void Toggle(long roomId) => _selected.Toggle(roomId);

    private void TogglePage(bool isOn) => _selected.SetAll((_page?.Items ?? []).Select(x => x.RoomId), isOn);

    private async Task SelectAllAsync() => _selected.UnionWith(await Queries.ListIdsAsync(View.Batch.Id, _filter, CancellationToken.None));

    private Task SearchAsync(string text) => (_typing ??= new TypingPause(Time)).ThenAsync(() =>
        Navigation.NavigateTo(Url(_filter with { Search = text.Length == 0 ? null : text, Skip = 0, Room = null }), replace: true));

    private async Task RenameAsync(long roomId)
    {
        var (row, seen) = (_page!.Items.First(x => x.RoomId == roomId), View);
        var answer = await Dialogs.AskTextAsync(L["RenameTitle", row.LegacyName ?? ""], L["RenameLabel"], NameOf(row) ?? "", L["RenameAction"], seen.VoidNotice?.Sentence is { } voids ? $"{L["RenameHint"]} {voids}" : L["RenameHint"].Value);
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Edits.SendAsync(seen, BatchFields.NewName(roomId), attempt => SetNewName.HandleAsync(
            new SetNewName(seen.Batch.Id, roomId, answer.Text) { BaseVersion = attempt.BaseVersion, ExpectedRound = attempt.Round }, caller, CancellationToken.None)));
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }

    private async Task AddFromFileAsync()
    {
        if (await ImportRoomsDialog.AskAsync(Dialogs, Importing["Title"], View.Pair.Id, View.Batch.Id, View.VoidNotice) is { } rooms)
            Toasts.Done(L.Count("Added", rooms.Length));
    }

    // What another person removed meanwhile is no reason to keep the rest.
    private async Task RemoveAsync()
    {
        var seen = View;
        var voids = seen.Batch.State == BatchState.Draft ? null : seen.VoidNotice?.Sentence ?? L["RemoveVoids"].Value;
        if (await Dialogs.ConfirmAsync(L.Count("RemoveTitle", _selected.Count), L["RemoveSentence"], L["RemoveAction"], irreversible: voids) is null)
            return;
        var rooms = await Queries.HeldAsync(View.Batch.Id, _selected, CancellationToken.None);
        var gone = _selected.Count - rooms.Length;
        var caller = await CurrentCaller.GetAsync();
        var outcome = rooms.Length == 0 ? default : await Edits.SendAsync(seen, attempt =>
        {
            // A room stays where the person leaves it the name that another one gave it since.
            rooms = [.. rooms.Where(x => !attempt.Left.Contains(BatchFields.NewName(x)))];
            return Remove.HandleAsync(new RemoveRooms(seen.Batch.Id, rooms) { BaseVersion = attempt.BaseVersion, ExpectedRound = attempt.Round }, caller, CancellationToken.None);
        });
        if (outcome.Refusal is { } refusal)
        {
            Toasts.Refused(refusal);
            return;
        }

        _selected.Clear();
        if (rooms.Length > 0)
            Toasts.Done(gone == 0 ? L.Count("Removed", rooms.Length) : $"{L.Count("Removed", rooms.Length)}. {L.Count("AlreadyGone", gone)}");
        else if (gone > 0)
            Toasts.Done(L.Count("AlreadyGone", gone));
    }
}
