using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Lists;
using MigrationPortal.Presence;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>The rooms of a batch: found, filtered, selected and removed together.</summary>
public sealed partial class BatchRoomsTab
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);

    private readonly HashSet<long> _selected = [];
    private BatchRoomCounts? _counts;
    private IReadOnlyList<RoomFacetValue> _facets = [];
    private IReadOnlyDictionary<long, string> _names = new Dictionary<long, string>();
    private BatchView? _read;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal BatchRoomQueries Queries { get; set; } = null!;

    [Inject] internal PlanQueries Plans { get; set; } = null!;

    [Inject] internal SetNewNameHandler SetNewName { get; set; } = null!;

    [Inject] internal AddRoomsHandler Adding { get; set; } = null!;

    [Inject] internal RemoveRoomsHandler Remove { get; set; } = null!;

    [Inject] internal EditBatchHandler Editing { get; set; } = null!;

    [Inject] internal Microsoft.Extensions.Localization.IStringLocalizer<ImportTexts> Importing { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal CircuitPresence Presence { get; set; } = null!;

    [Inject] internal PageEdits Edits { get; set; } = null!;
    [Inject] internal Drafts Drafts { get; set; } = null!;
    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    private ChosenColumns Columns => new(
        [("name", L["NewName"]), ("members", L["Members"]), ("managers", L["Managers"]), ("messages", L["Messages"]), ("findings", L["Findings"])],
        ["name", "members", "messages", "findings"], Address.List);

    // The page around it tells what happened to the batch, by another view.
    protected override bool Follows(string topic) => false;

    protected override BatchRoomsAddress Read(Uri address) => BatchRoomsAddress.Of(address, View.Batch.Id, View.Pair.Id);

    protected override BatchRoomsAddress WithoutRow(BatchRoomsAddress address) => address with { Room = null };

    protected override bool IsHere(Uri address) => base.IsHere(address) && new ListQuery(address).Text("tab") == BatchRoomsAddress.Tab;

    protected override Task<string?> FindPairAsync() => Task.FromResult<string?>(View.Pair.Id);

    protected override object KeyOf(BatchRoomRow row) => row.RoomId;

    protected override Task<Page<BatchRoomRow>> ListAsync(BatchRoomsAddress address, string? pair, CancellationToken cancellationToken) =>
        Queries.ListAsync(address.BatchId, address.Filter, Paging.Of(address.Skip, address.List.Take), cancellationToken);

    protected override async Task ReadBesideAsync(BatchRoomsAddress address, IReadOnlyList<BatchRoomRow> rows, CancellationToken cancellationToken)
    {
        _counts = await Queries.CountAsync(address.BatchId, cancellationToken);
        _facets = await Queries.CountFacetsAsync(address.BatchId, cancellationToken);
        if (View.Plan is { } plan)
            _names = await Plans.NamesAsync(plan.Id, [.. rows.Select(x => x.RoomId)], cancellationToken);
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _read = View;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_read, View))
            return;
        _read = View;
        await RefreshAsync();
    }

    // The node that works on a run announces how far it has come to the run's own page alone.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = ReadEveryAsync(_interval, Time, () => View.Batch.State is BatchState.Running or BatchState.Stopping);
    }

    private static string Count(int? count) => count is { } number ? Numbers.Group(number) : "·";

    private string? NameOf(BatchRoomRow row) => row.NewName ?? _names.GetValueOrDefault(row.RoomId);

    private void Toggle(long roomId) => _selected.Toggle(roomId);

    private void TogglePage(bool isOn) => _selected.SetAll((Rows?.Items ?? []).Select(x => x.RoomId), isOn);

    private async Task SelectAllAsync() => _selected.UnionWith(await Queries.ListIdsAsync(View.Batch.Id, Address.Filter, CancellationToken.None));

    private async Task RenameAsync(long roomId)
    {
        var (row, seen) = (Rows!.Items.First(x => x.RoomId == roomId), View);
        var hint = seen.VoidSentence is { } voids ? $"{L["RenameHint"]} {voids}" : L["RenameHint"].Value;
        TextAnswer? answer;
        using (Presence.Edit(await CurrentCaller.GetAsync(), BatchSubject.Of(seen.Batch.Id), PresenceField.Name))
            answer = await Dialogs.AskTextAsync(L["RenameTitle", P.Named(row.LegacyName)], L["RenameLabel"], NameOf(row) ?? "", L["RenameAction"], hint, Edits.NoteLabel(seen));
        if (answer is null)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Drafts.SendAsync(answer.Draft, () => Edits.SendAsync(seen, BatchFields.NewName(roomId), attempt => SetNewName.HandleAsync(
            new SetNewName(seen.Batch.Id, roomId, answer.Text) { BaseVersion = attempt.BaseVersion, ExpectedRound = attempt.Round }, caller, CancellationToken.None), answer.Note));
        if (!outcome.IsDone)
            Toasts.Refused(outcome.Refusal);
    }

    private async Task AddFromFileAsync()
    {
        var (seen, batch) = (View, View.Batch.Id);
        if (await ImportRoomsDialog.AskAsync(Dialogs, Importing["Title"], seen.Pair.Id, batch, seen) is not { } rooms)
            return;
        var caller = await CurrentCaller.GetAsync();
        var outcome = await Edits.SendAsync(seen, attempt => Adding.HandleAsync(new AddRooms(batch, rooms) { ExpectedRound = attempt.Round }, caller, CancellationToken.None));
        if (outcome.Refusal is { } refusal)
        {
            Toasts.Refused(refusal);
            return;
        }

        Toasts.DoneWithUndo(L.Count("Added", rooms.Length), async () => (await Remove.HandleAsync(new RemoveRooms(batch, rooms), await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        await ReadAsync();
    }

    // What another person removed since is no reason to keep the rest.
    private async Task RemoveAsync()
    {
        var seen = View;
        var voids = seen.Batch.State == BatchState.Draft ? null : seen.VoidSentence ?? L["RemoveVoids"].Value;
        if (await Dialogs.ConfirmAsync(L.Count("RemoveTitle", _selected.Count), L.Count("RemoveSentence", _selected.Count), L["RemoveAction"], irreversible: voids, noteLabel: Edits.NoteLabel(seen)) is not { } answer)
            return;
        var rooms = await Queries.HeldAsync(View.Batch.Id, _selected, CancellationToken.None);
        var gone = _selected.Count - rooms.Length;
        var names = await Queries.NewNamesAsync(View.Batch.Id, rooms, CancellationToken.None);
        var caller = await CurrentCaller.GetAsync();
        var outcome = rooms.Length == 0 ? default : await Drafts.SendAsync(answer.Draft, () => Edits.SendAsync(seen, attempt =>
        {
            // A room stays where the person leaves it the name that another one gave it since.
            rooms = [.. rooms.Where(x => !attempt.Left.Contains(BatchFields.NewName(x)))];
            return Remove.HandleAsync(new RemoveRooms(seen.Batch.Id, rooms) { BaseVersion = attempt.BaseVersion, ExpectedRound = attempt.Round }, caller, CancellationToken.None);
        }, answer.Note));
        if (outcome.Refusal is { } refusal)
        {
            Toasts.Refused(refusal);
            return;
        }

        _selected.Clear();
        if (rooms.Length > 0)
        {
            Toasts.DoneWithUndo(
                gone == 0 ? L.Count("Removed", rooms.Length) : L.Count("RemovedAndGone", gone, L.Count("Removed", rooms.Length)),
                async () => (await Editing.HandleAsync(EditBatch.AddAgain(seen.Batch.Id, rooms, names), await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        }
        else if (gone > 0)
            Toasts.Done(L.Count("AlreadyGone", gone));
        await ReadAsync();
    }
}
