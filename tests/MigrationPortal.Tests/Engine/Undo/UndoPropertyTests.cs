using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Undo;

/// <summary>Random pools in random batches, all run and all undone, in any order: as if nothing had happened.</summary>
public sealed class UndoPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task RunAndUndo_RandomBatchesInAnyOrder_LeaveEveryTableAsItWas(int round)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed} (round {round})");
        var random = new Random(seed);
        await using var legacy = await TestDatabase.CreateLegacyAsync();
        await legacy.WriteLegacyAsync(RandomPools.Make(random));
        await using var target = await TestDatabase.CreateNewAsync();
        var (from, to) = (legacy.AsChat(ChatProduct.LyncGroupChat2010), target.AsChat(ChatProduct.LyncPersistentChat2013));
        var before = await ChatWorld.HashAsync(target);

        var batches = await RunAsync(from, to, random);
        Assert.True(batches.Count > 1, $"seed {seed}");
        foreach (var batch in batches.OrderBy(_ => random.Next()).ToList())
        {
            var undo = new BatchUndo(to, batch);
            var preview = ChatWorld.Done(await undo.PreviewAsync(CancellationToken.None));
            Assert.True(preview.Obstacles.Count == 0, $"seed {seed}: {string.Join('\n', preview.Obstacles)}");
            await using (var held = await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true))
                ChatWorld.Done(await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None));
            batches.Remove(batch);
            foreach (var kept in preview.Kept)
                Pass(batch, kept, batches, seed);
        }

        Assert.True(before == await ChatWorld.HashAsync(target), $"seed {seed}");
    }

    private static async Task<List<MemoryJournal>> RunAsync(ChatDatabase from, ChatDatabase to, Random random)
    {
        var pool = ChatWorld.Done(await ChatPoolReader.ReadAsync(from, null, CancellationToken.None));
        var written = new HashSet<Guid>();
        var journals = new List<MemoryJournal>();
        foreach (var rooms in pool.Nodes.Where(x => !x.IsCategory).GroupBy(_ => random.Next(4)).Select(x => x.Select(y => y.Guid).ToHashSet()))
        {
            var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(to, null, CancellationToken.None));
            var blocked = Plan(rooms).Findings.Where(x => x is { Severity: Severity.Blocker, Room: not null }).Select(x => x.Room!.Value);
            rooms.ExceptWith(blocked);
            var plan = Plan(rooms).Plan;
            var journal = new MemoryJournal();
            await WholeRun.RunAsync(from, to, plan, journal, new CopyLimits { PageMessages = 15 });
            written.UnionWith(plan.Rooms.Select(x => x.Guid).Concat(plan.Categories.Select(x => x.Guid)));
            journals.Add(journal);

            PlanResult Plan(IReadOnlySet<Guid> chosen) =>
                Planner.Plan(new PlanRequest(pool, current, chosen, new PlanOptions(), new Dictionary<Guid, string>(), written));
        }

        return journals;
    }

    // What the portal does in SQL when it closes the ledger of an undone batch.
    private static void Pass(MemoryJournal undone, KeptRow kept, List<MemoryJournal> others, int seed)
    {
        var (table, id) = kept.NeededBy is { } node ? ("tblNode", node) : ("tblPrincipal", kept.NeededByPerson!.Value);
        var heir = others.Find(x => x.Rows.Exists(row => row.Table == table && row.Key == $"{id}"));
        Assert.True(heir is not null, $"seed {seed}: nobody takes {kept}");
        heir.Rows.AddRange(undone.Rows.Where(row => Belongs(row, kept) && !heir.Rows.Exists(x => x.Table == row.Table && x.Key == row.Key)));
    }

    private static bool Belongs(LedgerRow row, KeptRow kept)
    {
        var parts = row.Key.Split('|');
        return kept.Table switch
        {
            "tblNode" => (row.Table is "tblNode" or "tblPrincipalRole" or "tblScopePrincipal") && parts[0] == kept.Key,
            "tblPrincipal" => (row.Table is "tblPrincipal" or "tblPrincipalMeta" && row.Key == kept.Key) || (row.Table == "tblPrincipalAffiliations" && (parts[0] == kept.Key || parts[2] == kept.Key)),
            _ => row.Table == kept.Table && row.Key == kept.Key,
        };
    }
}
