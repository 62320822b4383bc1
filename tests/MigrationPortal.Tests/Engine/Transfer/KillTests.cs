using System.Globalization;
using System.Text.Json;
using MigrationPortal.Bench;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Runs.Working;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Transfer;

public sealed class KillTests(ITestOutputHelper output)
{
    // Thirty in all for each change; tests/soak.sh asks for a thousand, fifty in each of as many worlds as that takes.
    private static readonly int _runKills = Soak is null ? 21 : 35;
    private static readonly int _deltaKills = Soak is null ? 9 : 15;

    // 300 pages, and a run is led for a dozen steps at most: kills meet every stage, and that many of them do not outlast it.
    private const int PageMessages = 100;
    private const int MaxStepsBeforeKill = 12;

    private static readonly TimeSpan _maxBeforeKill = TimeSpan.FromMilliseconds(50);

    public static IEnumerable<object[]> Rounds() => Enumerable.Range(1, Soak ?? 1).Select(x => new object[] { x });

    private static int? Soak => int.TryParse(Environment.GetEnvironmentVariable("TEST_SOAK"), CultureInfo.InvariantCulture, out var rounds) ? rounds : null;

    private const string MoreMessages = """
        insert into tblChat select 10, i, 635000000000000000 + i, 2 + i % 6, i % 7 = 0, 'more ' || i from generate_series(301, 16000) i;
        insert into tblChat select 13, i, 635000000000000000 + i, 6, false, 's' || i from generate_series(61, 14000) i;
        update tblLastChatId set lastChatID = 16000 where nodeID = 10;
        update tblLastChatId set lastChatID = 14040 where nodeID = 13;
        """;

    // One message in forty is late, in every second hundred; the upper 6 000 of one room come later, too.
    private const string HoldBack = """
        create table held_back as select * from tblChat where channelId in (10, 13) and (chatId / 100 % 2 = 0 and chatId % 40 = 7 or channelId = 10 and chatId > 10000);
        delete from tblChat c using held_back h where h.channelId = c.channelId and h.chatId = c.chatId;
        update tblLastChatId set lastChatID = 10000 where nodeID = 10;
        """;

    private const string BringBack = """
        insert into tblChat select * from held_back;
        update tblLastChatId set lastChatID = 16000 where nodeID = 10;
        update tblNode set nodeDesc = 'All of it' where nodeID = 10;
        insert into tblPrincipalRole values (13, 2, 1, 1, null, null);
        delete from tblPrincipalRole where prinRoleNodeID = 12 and prinRoleTypeID = 3
        """;

    [Theory]
    [MemberData(nameof(Rounds))]
    public async Task Kill_ManyTimesInOneRun_EndsByteForByteAsUndisturbed(int round)
    {
        var random = new Random(TestSeed.Draw(output, round));
        await using var undisturbed = await CreateAsync();
        await using var disturbed = await CreateAsync();
        await using var journal = await TestDatabase.CreatePortalAsync();
        var legacyBefore = await ChatWorld.HashAsync(disturbed.LegacyDatabase);
        var plan = await disturbed.PlanAsync();

        await LedProcess.RunToEndAsync("copy", await OrderAsync(undisturbed, journal, 1, plan));

        var order = await OrderAsync(disturbed, journal, 2, plan);
        var stages = await KillAsync(order, disturbed, _runKills, random);
        await LedProcess.RunToEndAsync("copy", order);

        Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(disturbed.NewDatabase));
        Assert.Equal(legacyBefore, await ChatWorld.HashAsync(disturbed.LegacyDatabase));
        Assert.Equal(0, await journal.ScalarAsync<int>("select count(*) from portal.ledger_pages where confirmed_at is null"));
        Assert.Equal(
            await journal.ScalarAsync<long>("select sum(count) from portal.ledger_pages where batch_id = 1"),
            await journal.ScalarAsync<long>("select sum(count) from portal.ledger_pages where batch_id = 2"));
        Assert.True(stages.Distinct().Count() > 5, $"The kills met only {string.Join(' ', stages.Distinct())}.");
    }

    /// <summary>Late messages in every second page, new ones above, changed rights and settings: whatever a delta writes, killed in the midst of it.</summary>
    [Theory]
    [MemberData(nameof(Rounds))]
    public async Task Kill_ManyTimesInOneDelta_EndsByteForByteAsUndisturbed(int round)
    {
        var random = new Random(TestSeed.Draw(output, round));
        await using var undisturbed = await CreateAsync();
        await using var disturbed = await CreateAsync();
        await using var journal = await TestDatabase.CreatePortalAsync();
        foreach (var (world, batch) in new[] { (undisturbed, 1L), (disturbed, 2L) })
        {
            await world.LegacyDatabase.ExecuteAsync(HoldBack);
            await LedProcess.RunToEndAsync("copy", await OrderAsync(world, journal, batch, await world.PlanAsync()));
            await world.LegacyDatabase.ExecuteAsync(BringBack);
        }

        await LedProcess.RunToEndAsync("copy", await DeltaOrderAsync(undisturbed, journal, 1));
        var order = await DeltaOrderAsync(disturbed, journal, 2);
        var stages = await KillAsync(order, disturbed, _deltaKills, random);
        await LedProcess.RunToEndAsync("copy", order);

        Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(disturbed.NewDatabase));
        Assert.Equal(0, await journal.ScalarAsync<int>("select count(*) from portal.ledger_pages where confirmed_at is null or next_count is not null"));
        Assert.Equal(0, await journal.ScalarAsync<int>("select count(*) from portal.ledger_rows where confirmed_at is null or next_hash is not null"));
        Assert.Equal(
            await journal.ScalarAsync<long>("select sum(count) from portal.ledger_pages where batch_id = 1"),
            await journal.ScalarAsync<long>("select sum(count) from portal.ledger_pages where batch_id = 2"));
        Assert.True(stages.Distinct().Count() > 2, $"The kills met only {string.Join(' ', stages.Distinct())}.");
    }

    private async Task<List<long>> KillAsync(string order, ChatWorld world, int kills, Random random)
    {
        var stages = new List<long>();
        for (var kill = 0; kill < kills; kill++)
        {
            using var process = LedProcess.Lead("copy", order);
            // A run that got through before its kill is a kill that met nothing; the checks at the end count what was met.
            for (var step = random.Next(1, MaxStepsBeforeKill + 1); step > 0 && await process.StepAsync() is not null; step--) await process.GoOnAsync();
            await process.KillWithinAsync(_maxBeforeKill, random);
            stages.Add(await world.NewDatabase.ScalarAsync<long>("select count(*) from tblChat where channelId > 57"));
        }
        output.WriteLine($"messages after each kill: {string.Join(' ', stages)}");
        return stages;
    }

    private static async Task<string> DeltaOrderAsync(ChatWorld world, TestDatabase journal, long batchId)
    {
        var ids = (await new TransferJournal(batchId, new CopyProcess.Databases(journal.ConnectionString), TimeProvider.System).FindAllocationAsync(CancellationToken.None))!;
        var legacy = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None));
        var target = ChatWorld.Done(await ChatPoolReader.ReadAsync(world.New, null, CancellationToken.None));
        var rooms = legacy.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        var plan = DeltaPlanner.Plan(new PlanRequest(legacy, target, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()), ids).Plan;
        return await OrderAsync(world, journal, batchId, plan, isDelta: true);
    }

    private static async Task<ChatWorld> CreateAsync()
    {
        var world = await ChatWorld.CreateAsync(EngineServer.OfProcesses);
        await world.LegacyDatabase.ExecuteAsync(MoreMessages);
        return world;
    }

    private static async Task<string> OrderAsync(ChatWorld world, TestDatabase journal, long batchId, MigrationPlan plan, bool isDelta = false)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{world.NewDatabase.Name}.order.json");
        var order = new CopyOrder(
            world.Legacy, world.New, journal.ConnectionString, batchId, plan, PageMessages, int.MaxValue, isDelta);
        await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(order));
        return path;
    }
}
