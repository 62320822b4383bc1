using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>
/// Random damage in both pools: reading and preflight end, what preflight lets pass runs to its end and is proven, nothing is written
/// that the plan does not name, what was there before stays as it was, and an undo takes all of it away again.
/// </summary>
public sealed class RandomDamageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ChatProduct.LyncGroupChat2010, null)]
    [InlineData(ChatProduct.OcsGroupChat2007R2, null)]
    [InlineData(ChatProduct.OcsGroupChat2007R2, ServerKind.Translated)]
    public Task Migrate_DamagedPools_EndsAndWritesWhatThePlanNames(ChatProduct product, ServerKind? server) =>
        RandomDamage.RoundsAsync(output, (random, damage) => MigrateAsync(product, server, random, damage));

    private async Task MigrateAsync(ChatProduct product, ServerKind? server, Random random, RandomDamage damage)
    {
        await using var pools = await DamagedPools.CreateAsync(product, server, random);
        await damage.DoAsync(pools.Legacy, 1 + random.Next(8));
        await damage.DoAsync(pools.New, random.Next(4));
        await RandomDamage.UnlockAsync(pools.New);
        var (from, to) = (pools.From, pools.To);
        var (read, current) = (await ChatPoolReader.ReadAsync(from, null, CancellationToken.None), await ChatPoolReader.ReadAsync(to, null, CancellationToken.None));
        if ((read.Refusal ?? current.Refusal) is { } refusal)
        {
            Assert.Equal("value-unknown", refusal.Code);
            output.WriteLine(refusal.Message);
            return;
        }

        var result = PassingPlan.Make(read.Value!, current.Value!, to);
        output.WriteLine($"{result?.Plan.Rooms.Count ?? 0} rooms pass");
        if (result is null) return;
        var before = await NewPoolRows.ListAsync(pools.New);
        var untouched = await NewPoolRows.ListAsync(pools.Legacy);
        var journal = new MemoryJournal();
        var ids = await WholeRun.RunAsync(from, to, result.Plan, journal);
        foreach (var room in result.Plan.Rooms)
        {
            var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(from, to, room, result.Plan, ids, CancellationToken.None));
            Assert.True(proof.Grade <= Grade.Good, $"{room.Name}: {proof.Grade}, {string.Join("; ", proof.Settings)} {string.Join("; ", proof.Rules)}");
        }
        NewPoolRows.AssertOnlyPlannedAdded(before, await NewPoolRows.ListAsync(pools.New), result.Plan);
        Assert.Equal(untouched, await NewPoolRows.ListAsync(pools.Legacy));

        var undo = new BatchUndo(to, journal);
        var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
        Assert.Empty(preview.Obstacles.Select(x => x.Message));
        await using (await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true))
            ChatWorld.Done(await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None));
        Assert.Equal(before, await NewPoolRows.ListAsync(pools.New));
    }
}
