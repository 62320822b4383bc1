using MigrationPortal.Engine;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Delta;

/// <summary>Random damage in both pools after a batch ran: a delta names the rooms that it cannot bring up to date, and brings the others.</summary>
public sealed class DeltaDamageTests(ITestOutputHelper output)
{
    // What somebody did in the new pool to rows of this batch, and what the delta says of it.
    private static readonly string[] _used = ["room-used-since", "room-not-prepared", "counter-doubled", "counter-unreadable", "message-damaged"];

    [Theory]
    [InlineData(ChatProduct.LyncGroupChat2010, null, false)]
    [InlineData(ChatProduct.OcsGroupChat2007R2, null, false)]
    [InlineData(ChatProduct.OcsGroupChat2007R2, ServerKind.Translated, false)]
    [InlineData(ChatProduct.OcsGroupChat2007R2, null, true)]
    public Task Delta_PoolsDamagedSince_NamesTheRoomsThatStayAndBringsTheOthers(ChatProduct product, ServerKind? server, bool isNewPool) =>
        RandomDamage.RoundsAsync(output, (random, damage) => RunAsync(product, server, isNewPool, random, damage));

    private async Task RunAsync(ChatProduct product, ServerKind? server, bool isNewPool, Random random, RandomDamage damage)
    {
        await using var pools = await DamagedPools.CreateAsync(product, server, random);
        var (from, to) = (pools.From, pools.To);
        var first = PassingPlan.Make(ChatWorld.Done(await ReadAsync(from)), ChatWorld.Done(await ReadAsync(to)), to)!;
        var journal = new MemoryJournal();
        await WholeRun.RunAsync(from, to, first.Plan, journal, DeltaRun.Small);
        await damage.DoAsync(isNewPool ? pools.New : pools.Legacy, 1 + random.Next(6));
        await RandomDamage.UnlockAsync(pools.New);
        var (legacy, current) = (await ReadAsync(from), await ReadAsync(to));
        if ((legacy.Refusal ?? current.Refusal) is { } refusal)
        {
            Assert.Equal("value-unknown", refusal.Code);
            return;
        }

        var own = (await journal.FindAllocationAsync(CancellationToken.None))!;
        var there = legacy.Value!.Nodes.Select(x => x.Guid).ToHashSet();
        var passing = DeltaPlanner.PlanWhatPasses(
            new PlanRequest(legacy.Value!, current.Value!, first.Plan.Rooms.Select(x => x.Guid).Where(there.Contains).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()) { NewProvider = to.Provider }, own);
        var result = passing.Plan;
        output.WriteLine($"{result.Plan.Rooms.Count} of {first.Plan.Rooms.Count} rooms pass");
        Assert.All(passing.SetAside, x => Assert.True(x.Room is not null && x.Message.EndsWith('.'), x.Message));
        if (result.Findings.Any(x => x.Severity == Severity.Blocker))
        {
            Assert.Contains(result.Findings, x => x is { Severity: Severity.Blocker, Room: null });
            return;
        }

        var delta = new BatchDelta(from, to, journal, TimeProvider.System);
        await using var held = await Eventually.GetAsync(async () => (await delta.AcquireAsync(CancellationToken.None)).Value, _ => true);
        var prepared = await delta.PrepareAsync(result.Plan, CancellationToken.None);
        if (isNewPool && prepared.Refusal is { } changed)
        {
            output.WriteLine(changed.Message);
            Assert.Contains(changed.Code, (string[])["target-changed", "no-system-user", "no-root"]);
            return;
        }

        var ids = ChatWorld.Done(prepared);
        foreach (var room in result.Plan.Rooms)
        {
            var copied = await delta.CopyRoomAsync(room, result.Plan, ids, _ => { }, DeltaRun.Small, CancellationToken.None);
            if (isNewPool && copied.Refusal is { } used)
            {
                output.WriteLine(used.Message);
                Assert.Contains(used.Code, _used);
                continue;
            }
            ChatWorld.Done(copied);
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(from, to, room, result.Plan, ids, CancellationToken.None));
            Assert.True(isNewPool || proof.Grade <= Grade.Good || proof.Mismatches.Count > 0 || proof.Rules.Any(x => !x.Holds), $"{room.Name}: {proof.Grade}, {string.Join("; ", proof.Settings)} {string.Join("; ", proof.Rules)}");
        }
    }

    private static Task<Outcome<ChatPool>> ReadAsync(ChatDatabase database) => ChatPoolReader.ReadAsync(database, null, CancellationToken.None);
}
