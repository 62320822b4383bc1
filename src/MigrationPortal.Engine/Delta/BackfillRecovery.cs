using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>Settles whatever page of one room nobody saw the commit of: a new one, or one that got messages in between.</summary>
internal sealed class BackfillRecovery(WritingSession target, IDeltaJournal journal, PlannedRoom room, int nodeId)
{
    /// <summary>The new room's counter.</summary>
    public async Task<Outcome<long?>> SettleAsync(CancellationToken cancellationToken)
    {
        var counter = await new PageRecovery(target, journal, room, nodeId).SettleAsync(cancellationToken, mayBeBelow: true);
        if (!counter.IsDone || await journal.FindOpenFillingAsync(room.Guid, cancellationToken) is not { } filled) return counter;
        var before = (await journal.ListPagesAsync(room.Guid, cancellationToken)).Single(x => x.FirstChatId == filled.FirstChatId);
        var found = await PageRecovery.ReadAsync(target, nodeId, filled, cancellationToken);
        if (found.Matches(filled)) await journal.ConfirmFillingAsync(filled, cancellationToken);
        else if (found.Matches(before)) await journal.DropFillingAsync(filled, cancellationToken);
        else return PageRecovery.Differs(room, filled, found.Count);
        return counter;
    }
}
