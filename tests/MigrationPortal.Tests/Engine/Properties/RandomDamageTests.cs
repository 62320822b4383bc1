using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>
/// Random damage in both pools: reading and preflight end, what preflight lets pass runs to its end and is proven, nothing is written
/// that the plan does not name, and what was there before stays as it was.
/// </summary>
public sealed class RandomDamageTests(ITestOutputHelper output)
{
    private const int Pools = 8;

    [Theory]
    [InlineData(ChatProduct.LyncGroupChat2010, null)]
    [InlineData(ChatProduct.OcsGroupChat2007R2, null)]
    [InlineData(ChatProduct.OcsGroupChat2007R2, ServerKind.Translated)]
    public async Task Migrate_DamagedPools_EndsAndWritesWhatThePlanNames(ChatProduct product, ServerKind? server)
    {
        var failures = new List<string>();
        for (var round = 0; round < Pools; round++)
        {
            var seed = TestSeed.Draw(output, round);
            var damage = new RandomDamage(new Random(seed));
            try
            {
                await MigrateAsync(product, server, new Random(seed), damage);
            }
            catch (Exception failure)
            {
                failures.Add($"TEST_SEED={seed}\n{string.Join('\n', damage.Done)}\n{failure}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private async Task MigrateAsync(ChatProduct product, ServerKind? server, Random random, RandomDamage damage)
    {
        await using var legacy = await TestDatabase.CreateLegacyAsync(server);
        await legacy.WriteLegacyAsync(RandomPools.Make(random));
        if (product == ChatProduct.OcsGroupChat2007R2)
        {
            await legacy.WriteAsync(connection => ChatSchemas.ReshapeAsync(connection));
            await RandomDamage.LoosenAsync(legacy);
        }
        else
        {
            await RandomDamage.DropReferencesAsync(legacy);
        }

        await using var target = await TestDatabase.CreateNewAsync(server);
        await RandomDamage.DropReferencesAsync(target);
        await NewPoolRows.FillAsync(target, random);
        await damage.DoAsync(legacy, 1 + random.Next(8));
        await damage.DoAsync(target, random.Next(4));
        var (from, to) = (legacy.AsChat(product), target.AsChat(ChatProduct.LyncPersistentChat2013));
        var (read, current) = (await ChatPoolReader.ReadAsync(from, null, CancellationToken.None), await ChatPoolReader.ReadAsync(to, null, CancellationToken.None));
        if ((read.Refusal ?? current.Refusal) is { } refusal)
        {
            Assert.Equal("value-unknown", refusal.Code);
            output.WriteLine(refusal.Message);
            return;
        }

        var result = PlanWhatPasses(read.Value!, current.Value!, to);
        output.WriteLine($"{result?.Plan.Rooms.Count ?? 0} rooms pass");
        if (result is null) return;
        var before = await NewPoolRows.ListAsync(target);
        var untouched = await NewPoolRows.ListAsync(legacy);
        var ids = await WholeRun.RunAsync(from, to, result.Plan, new MemoryJournal());
        foreach (var room in result.Plan.Rooms)
        {
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(from, to, room, result.Plan, ids, CancellationToken.None));
            Assert.True(proof.Grade <= Grade.Good, $"{room.Name}: {proof.Grade}, {string.Join("; ", proof.Settings)} {string.Join("; ", proof.Rules)}");
        }
        NewPoolRows.AssertOnlyPlannedAdded(before, await NewPoolRows.ListAsync(target), result.Plan);
        Assert.Equal(untouched, await NewPoolRows.ListAsync(legacy));
    }

    /// <summary>Leaves out the rooms that are blocked; null where the pool as a whole is. Afterwards nothing is blocked any more.</summary>
    private static PlanResult? PlanWhatPasses(ChatPool legacy, ChatPool current, ChatDatabase target)
    {
        var rooms = legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        var leftOut = new HashSet<Guid>();
        for (var attempt = 0; ; attempt++)
        {
            var result = Planner.Plan(new PlanRequest(legacy, current, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())
            {
                LeftOut = leftOut, NewProvider = target.Provider,
            });
            var blockers = result.Findings.Where(x => x.Severity == Severity.Blocker).ToList();
            Assert.All(blockers, x => Assert.EndsWith(".", x.Message, StringComparison.Ordinal));
            if (blockers.Count == 0) return result;
            if (blockers.Exists(x => x.Room is null)) return null;
            Assert.True(attempt == 0, $"Still blocked: {string.Join('\n', blockers.Select(x => $"{x.RuleId} {x.Subject} {x.Message}"))}");
            foreach (var blocker in blockers)
            {
                rooms.Remove(blocker.Room!.Value);
                leftOut.Add(blocker.Room!.Value);
            }
        }
    }
}
