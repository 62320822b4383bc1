using System.Net;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Batches;
using MigrationPortal.Delta;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Delta;

/// <summary>What the tests of deltas do alike.</summary>
internal static class DeltaSteps
{
    public const string MoreMessages = """
        insert into tblChat select 10, i, 636000000000000000 + i, 2 + i % 2, false, 'later ' || i from generate_series(301, 345) i;
        update tblLastChatId set lastChatID = 345 where nodeID = 10
        """;

    public static async Task<long> DeltaAsync(RunWorld world, ApiTalk op, long batch, RunState end)
    {
        var run = long.Parse((await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var ended = await world.EndAsync(run);
        Assert.Equal((end, null), (ended.State, ended.Error));
        return run;
    }

    public static Task<int> CountAsync(RunWorld world, string room) =>
        world.Chat.NewDatabase.ScalarAsync<int>($"select count(*) from tblChat c join tblNode n on n.nodeID = c.channelId where n.nodeName = '{room}'");

    public static async Task<string> ComparisonsAsync(ApiTalk op) => string.Join(',',
        (await op.GetAsync("pool-pairs/contoso/rooms")).GetProperty("items").EnumerateArray()
            .Where(x => x.GetProperty("legacy").ValueKind != System.Text.Json.JsonValueKind.Null)
            .Select(x => x.GetProperty("comparison").GetString()!).Where(x => x is "Same" or "OnlyLegacy").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
