using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Tests.Engine;

/// <summary>What the portal's run does with the engine, without the portal.</summary>
internal static class WholeRun
{
    public static async Task<IdAllocation> RunAsync(ChatWorld world, MigrationPlan plan, ITransferJournal journal, CopyLimits? limits = null)
    {
        var transfer = new BatchTransfer(world.Legacy, world.New, journal, TimeProvider.System);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        foreach (var room in plan.Rooms)
            ChatWorld.Done(await transfer.CopyRoomAsync(room, plan, ids, _ => { }, limits ?? new CopyLimits(), CancellationToken.None));
        return ids;
    }
}
