using MigrationPortal.Engine;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Engine.Delta;

/// <summary>What the portal's delta does with the engine, without the portal.</summary>
internal static class DeltaRun
{
    public static readonly CopyLimits Small = new() { PageMessages = 20 };

    /// <summary>Plans every room of the batch again, as if it had not run.</summary>
    public static async Task<PlanResult> PlanAsync(ChatDatabase from, ChatDatabase to, IReadOnlySet<Guid> rooms, MemoryJournal journal)
    {
        var legacy = ChatWorld.Done(await ChatPoolReader.ReadAsync(from, null, CancellationToken.None));
        var target = ChatWorld.Done(await ChatPoolReader.ReadAsync(to, null, CancellationToken.None));
        var own = (await journal.FindAllocationAsync(CancellationToken.None))!;
        return DeltaPlanner.Plan(
            new PlanRequest(legacy, target, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()) { NewProvider = to.Provider }, own);
    }

    public static async Task<PlanResult> PlanAsync(ChatWorld world, MemoryJournal journal) =>
        await PlanAsync(world.Legacy, world.New, (await world.PlanAsync()).Rooms.Select(x => x.Guid).ToHashSet(), journal);

    /// <returns>What each room answered, and the ids the delta went by.</returns>
    public static async Task<(IdAllocation Ids, IReadOnlyDictionary<Guid, Outcome<CopiedRoom>> Rooms)> RunAsync(
        ChatDatabase from, ChatDatabase to, MigrationPlan plan, IDeltaJournal journal, CopyLimits? limits = null)
    {
        var delta = new BatchDelta(from, to, journal, TimeProvider.System);
        await using var held = await Eventually.GetAsync(async () => (await delta.AcquireAsync(CancellationToken.None)).Value, _ => true);
        var ids = ChatWorld.Done(await delta.PrepareAsync(plan, CancellationToken.None));
        var rooms = new Dictionary<Guid, Outcome<CopiedRoom>>();
        foreach (var room in plan.Rooms)
            rooms[room.Guid] = await delta.CopyRoomAsync(room, plan, ids, _ => { }, limits ?? Small, CancellationToken.None);
        return (ids, rooms);
    }

    /// <summary>Plans, runs and proves: every room at least good.</summary>
    public static async Task<IdAllocation> ProveAsync(ChatWorld world, MemoryJournal journal)
    {
        var plan = (await PlanAsync(world, journal)).Plan;
        var (ids, rooms) = await RunAsync(world.Legacy, world.New, plan, journal);
        foreach (var room in plan.Rooms)
        {
            ChatWorld.Done(rooms[room.Guid]);
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
            Assert.True(proof.Grade is Grade.Perfect or Grade.Good, $"{room.Name}: {proof.Grade} {string.Join(", ", proof.Rules.Where(x => !x.Holds))} {string.Join(", ", proof.Settings)}");
        }
        return ids;
    }

    public static async Task<SortedDictionary<string, string>> DescribeAsync(ChatDatabase to, ChatPool before) =>
        MigratedPool.Of(ChatWorld.Done(await ChatPoolReader.ReadAsync(to, null, CancellationToken.None)), before);
}
