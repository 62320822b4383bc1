using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.Samples.World;
using MigrationPortal.Samples.Writing;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>The sample with a room for every trap, from both legacy generations: whatever no rule blocks moves, and is proven.</summary>
public sealed class AwkwardRunTests
{
    [Theory]
    [InlineData("awkward")]
    [InlineData("awkward-2007")]
    public async Task Run_EveryRoomThatNothingBlocks_IsProven(string sample)
    {
        var world = SamplesWorld.Make(sample);
        await using var legacy = await TestDatabase.CreateLegacyAsync();
        await using var target = await TestDatabase.CreateNewAsync();
        await legacy.WriteAsync(async connection =>
        {
            await LegacyWriter.WriteAsync(connection, world.Legacy, null, CancellationToken.None);
            if (world.Product == ChatProduct.OcsGroupChat2007R2) await ChatSchemas.ReshapeAsync(connection);
        });
        await target.WriteAsync(connection => NewWriter.WriteAsync(connection, world.New, CancellationToken.None));
        var (from, to) = (legacy.AsChat(world.Product), target.AsChat(world.NewProduct));
        var pool = ChatWorld.Done(await ChatPoolReader.ReadAsync(from, null, CancellationToken.None));
        var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(to, null, CancellationToken.None));
        Assert.Equal(3, pool.ComplianceBacklog);

        var there = current.Nodes.Select(x => x.Guid).ToHashSet();
        var rooms = pool.Nodes.Where(x => !x.IsCategory && !there.Contains(x.Guid)).Select(x => x.Guid).ToHashSet();
        var blocked = Plan(rooms).Findings.Where(x => x.Severity == Severity.Blocker).ToList();
        Assert.All(blocked, x => Assert.NotNull(x.Room));
        rooms.ExceptWith(blocked.Select(x => x.Room!.Value));
        Assert.InRange(rooms.Count, 30, 60);
        var result = Plan(rooms);
        Assert.DoesNotContain(result.Findings, x => x.Severity == Severity.Blocker);
        var ids = await WholeRun.RunAsync(from, to, result.Plan, new MemoryJournal());
        foreach (var room in result.Plan.Rooms)
        {
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(from, to, room, result.Plan, ids, CancellationToken.None));
            Assert.True(proof.Grade <= Grade.Good, $"{room.Name}: {string.Join(' ', proof.Rules.Where(x => !x.Holds))} {string.Join(' ', proof.Settings.Where(x => x.ByRule is null))}");
        }

        PlanResult Plan(IReadOnlySet<Guid> chosen) =>
            Planner.Plan(new PlanRequest(pool, current, chosen, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()));
    }
}
