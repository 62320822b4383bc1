using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Undo;

/// <summary>
/// Random damage in a new pool after a batch ran: the preview names what stands in the way, and then nothing is removed, or the removal
/// does what the preview says and touches no row of anybody else.
/// </summary>
public sealed class UndoDamageTests(ITestOutputHelper output)
{
    [Fact]
    public Task Remove_NewPoolDamagedSince_DoesWhatThePreviewSaysOrNothing() => RandomDamage.RoundsAsync(output, UndoAsync);

    private async Task UndoAsync(Random random, RandomDamage damage)
    {
        await using var pools = await DamagedPools.CreateAsync(ChatProduct.LyncGroupChat2010, null, random);
        var before = await NewPoolRows.ListAsync(pools.New);
        var batch = await RunAsync(pools);
        if (random.Next(2) == 0) await RandomDamage.LoosenAsync(pools.New);
        await damage.DoAsync(pools.New, 1 + random.Next(4));
        var damaged = await NewPoolRows.ListAsync(pools.New);

        var undo = new BatchUndo(pools.To, batch.Journal);
        var outcome = await undo.PreviewAsync(CancellationToken.None);
        if (outcome.Refusal is { } refusal)
        {
            Assert.Equal("value-unknown", refusal.Code);
            output.WriteLine(refusal.Message);
            return;
        }

        var preview = outcome.Value!;
        output.WriteLine($"{preview.Rooms.Count} rooms, {preview.Kept.Count} rows kept, {string.Join(' ', preview.Obstacles.Select(x => x.Message))}");
        Assert.All(preview.Obstacles, x => Assert.True(DisplayText.HasVisible(x.Subject) && x.Message.EndsWith('.'), x.ToString()));
        await using var held = await Eventually.GetAsync(async () => (await undo.AcquireAsync(CancellationToken.None)).Value, _ => true);
        var removed = await undo.RemoveAsync(preview.Fingerprint, _ => { }, CancellationToken.None);
        var after = await NewPoolRows.ListAsync(pools.New);
        if (preview.Obstacles.Count > 0)
        {
            Assert.Equal("room-used-since", removed.Refusal?.Code);
            Assert.Equal(damaged, after);
            return;
        }

        ChatWorld.Done(removed);
        foreach (var (table, rows) in after)
        {
            var theirs = Common(before[table], damaged[table]);
            Assert.Empty(Without(rows, damaged[table]));
            Assert.True(Without(theirs, rows) is [], $"{table} lost {string.Join('\n', Without(theirs, rows))}");
        }
        var kept = preview.Kept.Where(x => x.Table == "tblNode").Select(x => x.Key).ToHashSet();
        var known = preview.Rooms.Select(x => x.NodeId).ToHashSet();
        var nodes = batch.Nodes.Where(x => known.Contains(x) && !kept.Contains($"{x}")).ToList();
        Assert.Equal(0, await pools.New.ScalarAsync<int>($"select count(*) from tblNode where nodeID = any('{{{string.Join(',', nodes)}}}')"));
        Assert.Equal(0, await pools.New.ScalarAsync<int>($"select count(*) from tblChat where channelId = any('{{{string.Join(',', batch.Nodes)}}}')"));
    }

    private static async Task<(MemoryJournal Journal, IReadOnlyList<int> Nodes)> RunAsync(DamagedPools pools)
    {
        var (legacy, current) = (ChatWorld.Done(await ChatPoolReader.ReadAsync(pools.From, null, CancellationToken.None)), ChatWorld.Done(await ChatPoolReader.ReadAsync(pools.To, null, CancellationToken.None)));
        var journal = new MemoryJournal();
        var ids = await WholeRun.RunAsync(pools.From, pools.To, PassingPlan.Make(legacy, current, pools.To)!.Plan, journal, new CopyLimits { PageMessages = 15 });
        return (journal, [.. ids.Nodes.Values]);
    }

    private static List<string> Common(List<string> one, List<string> other)
    {
        var left = new List<string>(other);
        return [.. one.Where(left.Remove)];
    }

    private static List<string> Without(List<string> rows, List<string> others)
    {
        var left = new List<string>(others);
        return [.. rows.Where(x => !left.Remove(x))];
    }
}
