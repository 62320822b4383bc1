using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MigrationPortal.Ui.Values;
using MudBlazor;
using Severity = MigrationPortal.Engine.Severity;

namespace MigrationPortal.Batches.Viewing.Deciding;

/// <summary>One rule's findings as one line, with what can be done about them; opened, they are listed.</summary>
public sealed partial class FindingGroupRow
{
    // In the line of the rule; the list has all of them.
    private const int MostNamed = 3;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private IReadOnlyList<BatchFinding>? _findings;

    [CascadingParameter] internal BatchView View { get; set; } = null!;

    [Inject] internal FindingQueries Findings { get; set; } = null!;

    [Inject] internal IStringLocalizer<AcknowledgeRuleDialog> Acknowledging { get; set; } = null!;

    [Inject] internal IStringLocalizer<BatchRoomTexts> Rooms { get; set; } = null!;

    [Inject] internal RemoveRoomsHandler Remove { get; set; } = null!;

    [Inject] internal EditBatchHandler Restore { get; set; } = null!;

    [Inject] internal BatchRoomQueries Held { get; set; } = null!;

    [Inject] internal EditOptionsHandler Edit { get; set; } = null!;

    [Inject] internal PageEdits Edits { get; set; } = null!;

    [Inject] internal PersonNames Names { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Parameter, EditorRequired] public FindingGroup Group { get; set; } = null!;

    private string Title => Rules.Title(Group.RuleId, Group.Count);

    private (string Svg, string Class) Glyph => Group.Severity switch
    {
        Severity.Blocker => (PortalIcons.Cancel, "bad"),
        Severity.Warning => (PortalIcons.Error, "warn"),
        _ => (PortalIcons.Info, "off"),
    };

    private int AcknowledgedCount => Group.Count - Group.OpenCount;

    // What is open may be new, or it says something else than it did when it was acknowledged, or was left open.
    private string OpenSentence => Group.New switch
    {
        { Open: 0 } => L.Count("NotAcknowledged", Group.OpenCount),
        var (all, open) when all == Group.OpenCount && open == Group.OpenCount && AcknowledgedCount > 0 =>
            L.Count("NewSince", Group.OpenCount, Numbers.Group(AcknowledgedCount), Numbers.Group(Group.Count)),
        var (_, open) => L.Count("NotAcknowledgedNew", Group.OpenCount, Numbers.Group(open)),
    };

    // What is settled needs no remedy; what another role may do is offered, and says so.
    private IReadOnlyList<Remedy> Shown => View.IsEditable && View.Plan is { } plan && (Group.Severity == Severity.Blocker || Group.OpenCount > 0) ? Remedies.Of(Group, plan.Options) : [];

    private string RoomsUrl => Urls.WithPair($"/batches/{View.Batch.Id}?tab=rooms&found={Uri.EscapeDataString(Group.RuleId)}", View.Pair.Id);

    private string OptionsUrl => Urls.Batch(View.Batch.Id, "options", View.Pair.Id);

    private string? AcknowledgeDisabledReason => View.DisabledReason(Role.Planner, "acknowledge-finding")
        ?? (BatchStates.Acknowledgeable.Contains(View.Batch.State) ? null : L["TooLate"].Value);

    protected override async Task OnParametersSetAsync()
    {
        await NameAsync(Group.Acknowledgements.Take(MostNamed).Select(x => x.By));
        if (_findings is not null)
            await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var findings = await Findings.ListAsync(View.Batch.Id, Group, Paging.Of(0, null), CancellationToken.None);
        await NameAsync(findings.Select(x => x.AcknowledgedBy).OfType<string>());
        _findings = findings;
    }

    private async Task NameAsync(IEnumerable<string> accounts)
    {
        foreach (var account in accounts.Distinct())
            _names[account] = await Names.FindAsync(account, CancellationToken.None);
    }

    private string NameOf(string account) => _names.GetValueOrDefault(account) ?? account;

    private string Sentence(BatchFinding finding, string by) => (finding.AcknowledgedStale, finding.AcknowledgedReason) switch
    {
        (false, null) => L["AcknowledgedBy", NameOf(by)],
        (false, var reason) => L["AcknowledgedReason", NameOf(by), reason],
        (_, null) => L["AcknowledgedBefore", NameOf(by)],
        (_, var reason) => L["AcknowledgedBeforeReason", NameOf(by), reason],
    };

    private string Sentence(Acknowledgement one)
    {
        // How was not always kept.
        string? how = one.How is { } kept ? L[$"How.{kept}", Numbers.Group(one.Count), Numbers.Group(one.Rows ?? 0)].Value : null;
        var said = (how, one.Reason) switch
        {
            (null, null) => L["AcknowledgedBy", NameOf(one.By)],
            (null, { } reason) => L["AcknowledgedReason", NameOf(one.By), reason],
            ({ } looked, null) => L["AcknowledgedHow", NameOf(one.By), looked],
            ({ } looked, { } reason) => L["AcknowledgedHowReason", NameOf(one.By), looked, reason],
        };
        return one.StaleCount == 0 ? said : $"{said} · {L.Count("ChangedSince", one.StaleCount)}";
    }

    private string Sentence(Remedy remedy) => PlanOptionNames.Sentence(Options, remedy.Option!, remedy.Value!);

    private async Task AcknowledgeAsync() => await Dialogs.AskAsync<AcknowledgeRuleDialog, object>(
        RuleNumber.Of(Group.RuleId) is { } number ? Acknowledging["Title", number] : Acknowledging["TitleOfThese"],
        new() { { x => x.BatchId, View.Batch.Id }, { x => x.Group, Group }, { x => x.Title, Title } });

    private async Task RemoveAsync()
    {
        var seen = View;
        // Read before the question: a room that another person removes meanwhile loses its findings.
        var found = await Findings.RoomIdsAsync(seen.Batch.Id, Group, CancellationToken.None);
        if (await Dialogs.ConfirmAsync(L.Count("RemoveTitle", Group.RoomCount), L.Count("RemoveSentence", Group.RoomCount), L["RemoveAction"], irreversible: seen.VoidSentence, noteLabel: Edits.NoteLabel(seen)) is not { } answer)
            return;
        var held = await Held.HeldAsync(seen.Batch.Id, found, CancellationToken.None);
        long[] rooms = [];
        Dictionary<long, string?> names = [];
        var caller = await CurrentCaller.GetAsync();
        var outcome = held.Length == 0 ? default : await Drafts.SendAsync(answer.Draft, () => Edits.SendAsync(seen, async attempt =>
        {
            // A room stays where the person leaves it the name that another one gave it since; what another one removed is not this person's to bring back.
            held = await Held.HeldAsync(seen.Batch.Id, found, CancellationToken.None);
            rooms = [.. held.Where(x => !attempt.Left.Contains(BatchFields.NewName(x)))];
            names = await Held.NewNamesAsync(seen.Batch.Id, rooms, CancellationToken.None);
            return await Remove.HandleAsync(new RemoveRooms(seen.Batch.Id, rooms) { BaseVersion = attempt.BaseVersion, ExpectedRound = attempt.Round }, caller, CancellationToken.None);
        }, answer.Note));
        var gone = found.Length - held.Length;
        if (outcome.Refusal is { } refusal)
            Toasts.Refused(refusal);
        else if (rooms.Length > 0)
        {
            Toasts.DoneWithUndo(
                gone == 0 ? L.Count("Removed", rooms.Length) : Rooms.Count("RemovedAndGone", gone, L.Count("Removed", rooms.Length)),
                async () => (await Restore.HandleAsync(EditBatch.AddAgain(seen.Batch.Id, rooms, names), await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        }
        else if (gone > 0)
            Toasts.Done(Rooms.Count("AlreadyGone", gone));
    }

    private async Task SetAsync(Remedy remedy)
    {
        var seen = View;
        if (await Dialogs.ConfirmAsync(L["SetTitle"], L["SetSentence", Sentence(remedy)], L["SetAction"], irreversible: seen.VoidSentence, noteLabel: Edits.NoteLabel(seen)) is not { } answer)
            return;
        var before = seen.Plan!.Options;
        var options = PlanOptionFields.With(before, remedy.Option!, remedy.Value!);
        var caller = await CurrentCaller.GetAsync();
        var outcome = options.IsDone
            ? await Drafts.SendAsync(answer.Draft, () => Edits.SendAsync(seen, BatchFields.Option(remedy.Option!), attempt => Edit.HandleAsync(
                new EditOptions(seen.Batch.Id, options.Value) { Seen = before, BaseVersion = attempt.BaseVersion, ExpectedRound = attempt.Round }, caller, CancellationToken.None), answer.Note))
            : options.Refusal;
        if (outcome.Refusal is { } refusal)
            Toasts.Refused(refusal);
        else
            Toasts.Done(L["SetDone"]);
    }
}
