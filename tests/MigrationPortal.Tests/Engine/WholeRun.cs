using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Engine;

/// <summary>What the portal's run does with the engine, without the portal.</summary>
internal static class WholeRun
{
    public static Task<IdAllocation> RunAsync(ChatWorld world, MigrationPlan plan, ITransferJournal journal, CopyLimits? limits = null) =>
        RunAsync(world.Legacy, world.New, plan, journal, limits);

    public static async Task<IdAllocation> RunAsync(ChatDatabase legacy, ChatDatabase target, MigrationPlan plan, ITransferJournal journal, CopyLimits? limits = null)
    {
        var transfer = new BatchTransfer(legacy, target, journal, TimeProvider.System);
        // The server needs a moment to notice that the connection of a stopped run is gone, as it does in production.
        await using var held = await Eventually.GetAsync(async () => (await transfer.AcquireAsync(CancellationToken.None)).Value, _ => true);
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        foreach (var room in plan.Rooms)
            ChatWorld.Done(await transfer.CopyRoomAsync(room, plan, ids, _ => { }, limits ?? new CopyLimits(), CancellationToken.None));
        return ids;
    }
}
