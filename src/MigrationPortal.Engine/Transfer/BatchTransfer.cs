using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>The first run of a batch: creates its rooms and copies every message.</summary>
public sealed class BatchTransfer(ChatDatabase legacy, ChatDatabase target, ITransferJournal journal, TimeProvider time) : BatchWriter(target)
{
    private readonly GuardedJournal _journal = new(journal);

    private protected override Task<Outcome<IdAllocation>> PrepareAsync(WritingSession session, MigrationPlan plan, CancellationToken cancellationToken) =>
        new Preparation(session, legacy, plan, _journal, time).RunAsync(cancellationToken);

    private protected override Task<Outcome<CopiedRoom>> CopyAsync(
        WritingSession to, PlannedRoom room, IdMap ids, Action<CopyProgress> progress, CopyLimits limits, CancellationToken cancellationToken) =>
        new RoomCopy(legacy, to, _journal, room, ids, progress, limits, time).RunAsync(cancellationToken);
}
