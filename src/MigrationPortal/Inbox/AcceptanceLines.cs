using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
using MigrationPortal.Verification;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>That messages differ and may stay so: approvers confirm what somebody else proposed.</summary>
internal sealed class AcceptanceLines(
    ProposalQueries queries, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, SharedReading<IReadOnlyList<WaitingProposals>> shared) : IInboxLines
{
    private const string Kind = "acceptance";
    private const int MostNotes = 10;

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Approver))
            return [];
        var lines = new List<InboxLine>();
        foreach (var waiting in (await ReadAsync(poolPairId, cancellationToken)).Where(x => Rights.HasIn(caller, Role.Approver, x.PoolPairId)))
            lines.Add(await LineAsync(waiting, caller, cancellationToken));
        return lines;
    }

    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!key.StartsWith(Kind, StringComparison.Ordinal) || (await ReadAsync(null, cancellationToken)).FirstOrDefault(x => KeyOf(x) == key) is not { } waiting)
            return null;
        var notes = new List<InboxNote>();
        foreach (var one in await queries.ListNotesAsync(waiting, MostNotes, cancellationToken))
            notes.Add(new(Tone.Warn, texts["Said", await names.FindAsync(one.By, cancellationToken), one.Reason], one.At));
        var section = new InboxSection(texts["Proposals"], notes);
        if (waiting.BatchId is not { } batch)
            return new([], [section]);
        return await details.FindAsync(batch, caller, _ => true, cancellationToken) is { } detail ? detail with { Sections = [section, .. detail.Sections] } : null;
    }

    private Task<IReadOnlyList<WaitingProposals>> ReadAsync(string? poolPairId, CancellationToken cancellationToken) =>
        shared.ReadAsync(poolPairId, () => queries.ListWaitingAsync(poolPairId, CancellationToken.None), cancellationToken);

    private async Task<InboxLine> LineAsync(WaitingProposals waiting, Caller caller, CancellationToken cancellationToken)
    {
        var disabledReason = waiting.Excluded.Contains(caller.Name) ? texts["AcceptanceOwnWork"].Value
            : waiting.By.All(x => x == caller.Name) ? texts["AcceptanceOwn"].Value
            : null;
        return new(
            KeyOf(waiting), InboxClass.Decide, PortalIcons.HowToReg, Tone.Warn, texts["Acceptance", waiting.Name],
            waiting.Reason is { } reason ? texts.Count("AcceptanceReason", waiting.Count, await names.FindAsync(waiting.By[0], cancellationToken), reason) : texts.Count("AcceptanceReasons", waiting.Count),
            waiting.Since,
            waiting.BatchId is { } batch ? Urls.Batch(batch, "verification", waiting.PoolPairId) : Urls.Room(waiting.RoomId.ToString(CultureInfo.InvariantCulture), null, waiting.PoolPairId),
            texts["OpenVerification"], disabledReason) { BatchId = waiting.BatchId, State = string.Create(CultureInfo.InvariantCulture, $"{waiting.LastId}:{waiting.Count}") };
    }

    // A room and a batch may have the same number.
    private static string KeyOf(WaitingProposals waiting) => waiting.BatchId is { } batch
        ? InboxKeys.Of(Kind, batch)
        : string.Create(CultureInfo.InvariantCulture, $"{Kind}:room-{waiting.RoomId}");
}
