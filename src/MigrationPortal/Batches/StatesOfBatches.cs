using System.Globalization;
using System.Resources;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Batches;

/// <summary>State and counts of batches for mails and webhooks about them, as the list of batches shows them to every role.</summary>
internal sealed class StatesOfBatches(BatchQueries batches) : INoticeState
{
    private static readonly ResourceManager _words = new(typeof(BatchStateTexts));

    public async Task<IReadOnlyDictionary<string, NoticeState>> FindAsync(PortalDbContext db, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        long[] ids = [.. subjects.Select(BatchSubject.Read).OfType<long>()];
        var rows = ids.Length == 0 ? [] : await batches.ListAsync(db, ids, cancellationToken);
        return rows.ToDictionary(x => BatchSubject.Of(x.Id), x => new NoticeState(culture => Say(x, culture), Facts(x)), StringComparer.Ordinal);
    }

    // While its review, or that of a delta or an undo, waits for something. What an emergency start approved lacks approvals and waits for none.
    private static BatchStanding? Awaited(BatchRow row) =>
        row is { State: not (BatchState.Approved or BatchState.Scheduled), Standing: { Missing.Count: > 0 } standing } ? standing : null;

    private static string Say(BatchRow row, CultureInfo culture)
    {
        var state = _words.GetString(row.State.ToString(), culture);
        var (rooms, messages) = (new Wording("Count.Rooms", row.RoomCount), new Wording("Count.Messages", row.MessageCount));
        // Where an owner, a group or a thread is missing, the number would say that nothing is.
        var said = Awaited(row) is { } standing && standing.Have < standing.Needed
            ? new Wording("Notice.StateAndApprovals", state, standing.Needed, standing.Have, rooms, messages)
            : new Wording("Notice.State", state, rooms, messages);
        return said.In(culture);
    }

    private static object Facts(BatchRow row) => new
    {
        Id = row.Id.ToString(CultureInfo.InvariantCulture),
        row.Name,
        State = row.State.ToString(),
        Rooms = row.RoomCount,
        Messages = row.MessageCount,
        Approvals = Awaited(row) is { } standing ? new { standing.Have, standing.Needed } : null,
    };
}
