using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>
/// A later run of a batch that moves what came since, by its ledger: rights and settings that changed, people and categories that are
/// needed now, messages that are missing, also between and below those that stand there. What somebody changed in the new pool stays as
/// it is; a room in which somebody posted there refuses with <c>room-used-since</c> and nothing of it is written. Messages that the
/// legacy pool purged or changed stay too: the proof names them.
/// </summary>
public sealed class BatchDelta(ChatDatabase legacy, ChatDatabase target, IDeltaJournal journal, TimeProvider time) : BatchWriter(target)
{
    private readonly GuardedDeltaJournal _journal = new(journal);

    private IReadOnlySet<int> _stopped = new HashSet<int>();

    private protected override async Task<Outcome<IdAllocation>> PrepareAsync(WritingSession session, MigrationPlan plan, CancellationToken cancellationToken)
    {
        var preparation = new DeltaPreparation(session, plan, _journal, time);
        var ids = await preparation.RunAsync(cancellationToken);
        _stopped = preparation.Stopped;
        return ids;
    }

    private protected override async Task<Outcome<CopiedRoom>> CopyAsync(
        WritingSession to, PlannedRoom room, IdMap ids, Action<CopyProgress> progress, CopyLimits limits, CancellationToken cancellationToken)
    {
        if (_stopped.Contains(ids.Node(room.Guid)) || _stopped.Contains(ids.Node(room.Category)))
            return RoomDelta.Used("rights", room.Name);
        var settled = await new BackfillRecovery(to, _journal, room, ids.Node(room.Guid)).SettleAsync(cancellationToken);
        if (!settled.IsDone) return settled.Refusal;
        return await new RoomDelta(legacy, to, _journal, room, ids, progress, limits, time).RunAsync(settled.Value, cancellationToken);
    }
}
