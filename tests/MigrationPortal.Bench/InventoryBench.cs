using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>A scan of 33 077 rooms beside psql reading what a scan needs, then pages of the side-by-side over HTTP beside their bare SQL.</summary>
internal static class InventoryBench
{
    private const int Rounds = 5;

    // Bound: reading, comparing and storing beside reading alone.
    private const double TimesReading = 4;

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await LargePools.CreateAsync(server);
        await using var portal = await StartAsync(server);
        // The first scan of a process compiles what the others run.
        await ScanAsync(portal);
        var pairs = new List<(double Ours, double Reference)>();
        for (var round = 0; round < Rounds; round++)
            pairs.Add(((await ScanAsync(portal)).TotalSeconds, (await ReadAsync(server)).TotalSeconds));
        // Of the pair in the middle: other work on the machine slows both of a pair.
        var (ours, reference) = pairs.OrderBy(x => x.Ours / x.Reference).ElementAt(Rounds / 2);
        Print($"scan of {LargePools.Rooms} rooms", ours, reference, "s", "F2");
        BenchTable.Print("the same, times what reading the rows takes", ours / reference, TimesReading, "x");
        var (http, sql) = await RoomsQueryBench.RunAsync(new Uri(portal.Urls.First()), server.At("bench_portal"));
        Print($"page of rooms p95, {LargePools.Rooms} rooms", http, sql, "ms", "F1");
        await portal.StopAsync();
        return 0;
    }

    internal static async Task<WebApplication> StartAsync(BenchServer server)
    {
        var portal = await Program.BuildAsync(
        [
            "--environment=Development",
            // Whose scripts and styles are served.
            "--applicationName=MigrationPortal",
            "--urls=http://127.0.0.1:0",
            "--Samples:Load=none",
            "--Logging:LogLevel:Default=Error",
            $"--ConnectionStrings:Portal={server.At("bench_portal").Replace("Pooling=False", "Pooling=True", StringComparison.OrdinalIgnoreCase)}",
            "--PoolPairs:0:Id=large",
            "--PoolPairs:0:Name=Large",
            "--PoolPairs:0:Legacy:Product=LyncGroupChat2010",
            "--PoolPairs:0:Legacy:Provider=PostgreSql",
            $"--PoolPairs:0:Legacy:ConnectionString={server.At("bench_legacy")}",
            "--PoolPairs:0:New:Product=LyncPersistentChat2013",
            "--PoolPairs:0:New:Provider=PostgreSql",
            $"--PoolPairs:0:New:ConnectionString={server.At("bench_new")}",
        ]);
        await portal.StartAsync();
        return portal;
    }

    internal static async Task<TimeSpan> ScanAsync(WebApplication portal)
    {
        var requested = await portal.Services.GetRequiredService<RequestScanHandler>().HandleAsync(new RequestScan("large"), Caller.Portal, CancellationToken.None);
        if (!requested.IsDone)
            throw new InvalidOperationException(requested.Refusal.Message);
        while (true)
        {
            await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
            var scan = await db.Set<Scan>().AsNoTracking().OrderByDescending(x => x.Id).FirstAsync();
            if (scan.State == ScanState.Failed)
                throw new InvalidOperationException(scan.Error?.ToString());
            if (scan.State == ScanState.Completed)
                return scan.FinishedAt!.Value - scan.StartedAt!.Value;
            await Task.Delay(20);
        }
    }

    // The rows a scan takes, read by the fastest reader there is and thrown away; nothing is compared or stored.
    private static Task<TimeSpan> ReadAsync(BenchServer server)
    {
        // By author as well: a cut-off asks when each wrote last in a room.
        const string PerRoom = "select channelId, userId, count(*), min(chatId), max(chatId), min(chatDate), max(chatDate) from tblChat group by channelId, userId";
        var copies = new[] { "tblNode", "tblPrincipal", "tblPrincipalAffiliations", "tblPrincipalRole", "tblScopePrincipal", "tblLastChatId", $"({PerRoom})" }
            .Select(x => $"-c 'copy {x} to stdout'");
        var all = string.Join(' ', copies);
        return BenchServer.ShellAsync($"psql -qX {BenchServer.Quote(server.At("bench_legacy"))} {all} >/dev/null; psql -qX {BenchServer.Quote(server.At("bench_new"))} {all} >/dev/null");
    }

    private static void Print(string what, double ours, double reference, string unit, string format) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}\t{ours.ToString(format, CultureInfo.InvariantCulture)}\t{reference.ToString(format, CultureInfo.InvariantCulture)}\t{ours / reference:F2}\t{unit}"));
}

/// <summary>Two hundred pages as people ask for them: sorted, searched, filtered, far down; each with its total.</summary>
internal static class RoomsQueryBench
{
    private const int Requests = 200;

    private static readonly (string Query, string Where, string Order)[] Pages =
    [
        ("", "true", "category, legacy_name, room_id"),
        ("sort=-messages", "true", "coalesce(legacy_message_count, -1) desc, room_id desc"),
        ("search=Credit%2012", "(legacy_name ilike '%Credit 12%' or new_name ilike '%Credit 12%' or category ilike '%Credit 12%')", "category, legacy_name, room_id"),
        ("comparison=OnlyLegacy&sort=name", "comparison = 'OnlyLegacy'", "legacy_name, room_id"),
        ("sort=-last&skip=20000", "true", "coalesce(legacy_last_message_at, 'epoch') desc, room_id desc offset 20000"),
    ];

    /// <returns>The 95th percentile of ours over HTTP and of the bare SQL, in milliseconds.</returns>
    public static async Task<(double Http, double Sql)> RunAsync(Uri portal, string database)
    {
        using var client = ApiClient.Of(portal.ToString(), "viewer");
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var (http, sql) = (new List<double>(), new List<double>());
        // One round of both warms up.
        for (var i = -Pages.Length; i < Requests; i++)
        {
            var page = Pages[(i + Pages.Length) % Pages.Length];
            var (a, b) = (await TimeAsync(() => AskAsync(client, page.Query)), await TimeAsync(() => ReadAsync(connection, page.Where, page.Order)));
            if (i < 0)
                continue;
            http.Add(a);
            sql.Add(b);
        }

        return (http.Order().ElementAt(Requests * 95 / 100), sql.Order().ElementAt(Requests * 95 / 100));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task AskAsync(HttpClient client, string query)
    {
        var text = await client.GetStringAsync(new Uri($"pool-pairs/large/rooms?{query}", UriKind.Relative));
        if (!text.Contains("\"comparison\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"An empty page for {query}: {text}");
    }

    private static async Task ReadAsync(NpgsqlConnection connection, string where, string order)
    {
        const string From = "from portal.room_pairs x where scan_id = (select current_scan_id from portal.pool_pairs where id = 'large') and";
        await using var command = new NpgsqlCommand($"select comparison, count(*) {From} {where} group by 1; select x.* {From} {where} order by {order} limit 50", connection);
        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
                _ = reader.GetValue(0);
        }
        while (await reader.NextResultAsync());
    }
}
