using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>
/// Carries out one approved plan: <see cref="AcquireAsync"/> once and keep the lock for the whole run, <see cref="PrepareAsync"/>
/// once, <see cref="CopyRoomAsync"/> per room, several at a time if wanted. Every step may be repeated after any interruption and
/// goes on where the target says it stopped. A cancelled call throws <see cref="OperationCanceledException"/> and leaves at most one
/// page undone. Refusals of kind <see cref="RefusalKind.Unavailable"/> pass by themselves: try again later.
/// </summary>
public abstract class BatchWriter(ChatDatabase target)
{
    private readonly SqlDialect _dialect = SqlDialect.For(target.Provider);
    private RunLock? _lock;

    /// <summary>Takes the target's exclusive run lock; refuses with <c>run-in-progress</c> while another run, of any portal, holds it.</summary>
    public async Task<Outcome<RunLock>> AcquireAsync(CancellationToken cancellationToken)
    {
        var acquired = await _dialect.AcquireRunLockAsync(target, cancellationToken);
        if (acquired.IsDone) _lock = acquired.Value;
        return acquired;
    }

    /// <summary>Writes everything but the messages. Nothing is written when anything stands in the way.</summary>
    public async Task<Outcome<IdAllocation>> PrepareAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        if (await FindLockRefusalAsync(cancellationToken) is { } unlocked) return unlocked;
        var opened = await _dialect.OpenForWritingAsync(target, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var session = opened.Value;
        return await _dialect.GuardAsync<IdAllocation>(
            target, async () =>
            {
                await _dialect.LockWriterAsync(session, 0, cancellationToken);
                return await PrepareAsync(session, plan, cancellationToken);
            }, cancellationToken);
    }

    public async Task<Outcome<CopiedRoom>> CopyRoomAsync(
        PlannedRoom room, MigrationPlan plan, IdAllocation ids, Action<CopyProgress> progress, CopyLimits limits, CancellationToken cancellationToken)
    {
        if (await FindLockRefusalAsync(cancellationToken) is { } unlocked) return unlocked;
        var opened = await _dialect.OpenForWritingAsync(target, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var to = opened.Value;
        return await _dialect.GuardAsync<CopiedRoom>(
            target,
            async () =>
            {
                var map = IdMap.Of(plan, ids);
                await _dialect.LockWriterAsync(to, map.Node(room.Guid), cancellationToken);
                return await CopyAsync(to, room, map, progress, limits, cancellationToken);
            },
            cancellationToken);
    }

    private protected abstract Task<Outcome<IdAllocation>> PrepareAsync(WritingSession session, MigrationPlan plan, CancellationToken cancellationToken);

    private protected abstract Task<Outcome<CopiedRoom>> CopyAsync(
        WritingSession to, PlannedRoom room, IdMap ids, Action<CopyProgress> progress, CopyLimits limits, CancellationToken cancellationToken);

    private async Task<Refusal?> FindLockRefusalAsync(CancellationToken cancellationToken)
    {
        var held = _lock ?? throw new InvalidOperationException("A run acquires the target's lock before it writes.");
        return await held.CheckAsync(cancellationToken);
    }
}
