using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Runs;

namespace MigrationPortal.Bench;

/// <summary>The evidence package of a batch that holds a whole pool: seconds, size, and by how much the portal's memory grew.</summary>
internal static class EvidenceBench
{
    private const int Rooms = 31_397;

    // A bound; the reference column names it.
    private const double Seconds = 60;

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await LargePools.CreateAsync(server);
        await using var portal = await InventoryBench.StartAsync(server);
        await InventoryBench.ScanAsync(portal);
        using var client = ApiClient.Of(portal.Urls.First(), "auditor");
        client.Timeout = TimeSpan.FromMinutes(10);
        var batch = await RanAsync(portal, client);
        await ExportsBench.MeasureAsync(client, $"batches/{batch}/evidence", $"evidence of a batch of {Rooms} rooms", Seconds);
        await portal.StopAsync();
        return 0;
    }

    // Planned by the portal; that it ran is written into its tables.
    private static async Task<long> RanAsync(WebApplication portal, HttpClient client)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var batch = new Batch { PoolPairId = "large", Name = "Whole pool", State = BatchState.Draft, Author = "planner", CreatedAt = now };
        db.Add(batch);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"insert into portal.batch_rooms (batch_id, room_id, is_open) select {batch.Id}, id, true from portal.rooms order by id limit {Rooms}");
        using var planned = JsonDocument.Parse(await client.GetStringAsync(new Uri($"batches/{batch.Id}/plan?take=1", UriKind.Relative)));
        BenchTable.Print($"lines of the plan of {Rooms} rooms", planned.RootElement.GetProperty("total").GetInt64(), planned.RootElement.GetProperty("total").GetInt64(), "");
        var plan = await db.Database.SqlQuery<long>($"""select max(id) as "Value" from portal.batch_plans where batch_id = {batch.Id}""").SingleAsync();
        var run = new Run { BatchId = batch.Id, PlanId = plan, State = RunState.Completed, StartedBy = "operator", StartedAt = now };
        db.Add(run);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.room_transfers (run_id, room_id, guid, ordinal, room_name, state, copied_message_count, total_message_count, verified_message_count, copied_byte_count, copied_file_count, total_file_count, copied_file_byte_count, finding_count, revision)
            select {run.Id}, id, guid, row_number() over (order by id) - 1, 'Room ' || id, 'Done', 20, 20, 20, 0, 0, 0, 0, 0, 0 from portal.rooms order by id limit {Rooms}
            """);
        await db.Database.ExecuteSqlAsync($"insert into portal.batch_changes (batch_id, version, field, old, new, by, at) select {batch.Id}, 1, 'room:' || room_id || '.member', 'No', 'Yes', 'planner', {now} from portal.batch_rooms where batch_id = {batch.Id}");
        await db.Set<Batch>().Where(x => x.Id == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.Completed));
        return batch.Id;
    }
}
