using System.IO.Compression;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Start;

/// <summary>
/// What a portal kept that was older than the model's snapshot is there, and its work goes on. The three databases are dumps of one of 21 November 2026 over
/// the sample <c>tiny</c>: batches that ran, were moved once more, undone, approved, sent back, and one whose undo waits for a decision.
/// </summary>
public sealed class OlderPortalTests
{
    private const string NewRooms = "select count(*) from tblNode where nodeName in ('Helpdesk Incidents', 'Helpdesk Lunch')";

    [Fact]
    public async Task Start_OnWhatAnOlderPortalKept_HasAllOfItAndGoesOn()
    {
        await using var database = await RestoreAsync("portal");
        await using var legacy = await RestoreAsync("legacy");
        await using var target = await RestoreAsync("new");
        await using var portal = await PortalApp.StartNodeAsync(database, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PoolPairs:0:Id"] = "tiny",
            ["PoolPairs:0:Name"] = "Fabrikam (sample)",
            ["PoolPairs:0:Legacy:Product"] = "LyncGroupChat2010",
            ["PoolPairs:0:Legacy:Provider"] = "PostgreSql",
            ["PoolPairs:0:Legacy:ConnectionString"] = legacy.ConnectionString,
            ["PoolPairs:0:New:Product"] = "LyncPersistentChat2013",
            ["PoolPairs:0:New:Provider"] = "PostgreSql",
            ["PoolPairs:0:New:ConnectionString"] = target.ConnectionString,
        });
        using var op = new ApiTalk(portal.Address, "operator");
        using var approver = new ApiTalk(portal.Address, "approver");
        using var auditor = new ApiTalk(portal.Address, "auditor");

        var batches = (await op.GetAsync("batches")).GetProperty("items").EnumerateArray().ToDictionary(x => x.GetProperty("name").GetString()!, x => x.GetProperty("state").GetString());
        Assert.Equal(["Approved wave", "In review", "Ran wave", "Sent back", "To undo", "Undone wave"], batches.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("Completed", "Completed", "Undone", "Draft"), (batches["Ran wave"], batches["To undo"], batches["Undone wave"], batches["Sent back"]));
        const int ran = 9;
        Assert.Equal(2, (await op.GetAsync($"batches/{ran}/runs")).GetProperty("total").GetInt32());
        Assert.Equal("Perfect", (await op.GetAsync($"batches/{ran}/verification")).GetProperty("grade").GetString());
        Assert.Equal("Please look at this one", (await op.GetAsync($"batches/{ran}/comments")).GetProperty("items")[0].GetProperty("text").GetString());
        Assert.Equal(15, (await op.GetAsync("pool-pairs/tiny/rooms")).GetProperty("total").GetInt32());
        Assert.True((await auditor.GetAsync("audit/verification")).GetProperty("isWhole").GetBoolean());

        Assert.Null(await op.TryPostAsync($"batches/{ran}/verify"));
        await EndsAsync(database, "select state from portal.verifications order by id desc limit 1", "Completed");
        Assert.Equal("Perfect", (await op.GetAsync($"batches/{ran}/verification")).GetProperty("grade").GetString());
        Assert.Equal(2, await target.ScalarAsync<int>(NewRooms));
        await approver.ApproveUndoAsync(ran, await op.PostAsync($"batches/{ran}/undo", new { reason = "Wrong" }));
        await op.PostAsync($"batches/{ran}/undo");
        await EndsAsync(database, $"select state from portal.batches where id = {ran}", "Undone");
        Assert.Equal(0, await target.ScalarAsync<int>(NewRooms));
        Assert.True((await auditor.GetAsync("audit/verification")).GetProperty("isWhole").GetBoolean());
    }

    private static Task EndsAsync(TestDatabase database, string sql, string state) => Eventually.TrueAsync(async () => await database.ScalarAsync<string>(sql) == state);

    private static async Task<TestDatabase> RestoreAsync(string name)
    {
        var database = await TestDatabase.CreateAsync();
        await using var file = File.OpenRead(Path.Combine(SourceFolder.Tests, "Start", "OlderPortal", $"{name}.sql.gz"));
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        // A connection of its own: the dump leaves it without a search path.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(await reader.ReadToEndAsync(), connection);
        await command.ExecuteNonQueryAsync();
        return database;
    }
}
