using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Engine;
using MigrationPortal.Presence;
using MigrationPortal.Samples.ChatSchema;

namespace MigrationPortal.Bench;

/// <summary>200 circuits that show their people to another node: what it costs, that nothing is written, and when a killed node's people are gone.</summary>
internal static class PresenceBench
{
    private const int Circuits = 200;
    private const int MovesPerSecond = 4;

    // Bounds; the reference column names them.
    private const double CorePercent = 1;
    private const double GoneSeconds = 30;

    private static readonly TimeSpan _watched = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await server.CreateEmptyAsync("bench_legacy", ChatSchemas.Ddl(ChatProduct.LyncGroupChat2010));
        await server.CreateEmptyAsync("bench_new", ChatSchemas.Ddl(ChatProduct.LyncPersistentChat2013));
        await server.CreateEmptyAsync("bench_portal", "select 1");
        await using var portal = await InventoryBench.StartAsync(server);
        var store = portal.Services.GetRequiredService<PresenceStore>();
        List<long> ids = [];
        Enter();
        // Compiling what the moves need is paid once, not by each: it would be a third of half a minute.
        await CostAsync(_watched, Move);
        Leave();
        var idle = await CostAsync(_watched, _ => { });
        Enter();
        var written = await WrittenAsync(server);
        var busy = await CostAsync(_watched, Move);
        BenchTable.Print($"presence of {Circuits} circuits, {MovesPerSecond} moves/s", Math.Max(busy - idle, 0) * 100, CorePercent, "%");
        BenchTable.Print($"rows that presence of {Circuits} circuits wrote", await WrittenAsync(server) - written, 1, "rows");
        Leave();
        BenchTable.Print("people of a killed node are gone after", await GoneAsync(connectionString, store), GoneSeconds, "s");
        await portal.StopAsync();
        return 0;

        void Enter() => ids = [.. Enumerable.Range(0, Circuits).Select(i => store.Enter($"circuit {i}", Entry(i, 0)))];

        void Leave() => ids.ForEach(store.Leave);

        void Move(int i)
        {
            var at = i * 37 % Circuits;
            store.Leave(ids[at]);
            ids[at] = store.Enter($"circuit {at}", Entry(at, i));
        }
    }

    /// <summary>The other node: shows somebody, says so, and stays until it is killed.</summary>
    public static async Task<int> StayAsync(string connectionString)
    {
        await using var portal = await InventoryBench.StartAsync(new BenchServer(connectionString));
        portal.Services.GetRequiredService<PresenceStore>().Enter("circuit", Entry(0, 0) with { Subject = "batch:999" });
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static PresenceEntry Entry(int person, int move) =>
        new($"person{person}", $"Person {person}", string.Create(CultureInfo.InvariantCulture, $"batch:{1 + ((person + move) % 20)}"), null, TimeProvider.System.GetUtcNow(), IsHidden: false);

    private static async Task<double> GoneAsync(string connectionString, PresenceStore store)
    {
        using var node = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(PresenceBench).Assembly.Location, "presence-node", connectionString]))!;
        try
        {
            await UntilAsync(() => store.List("batch:999").Count == 1);
        }
        finally
        {
            node.Kill();
        }

        var killed = Stopwatch.GetTimestamp();
        await UntilAsync(() => store.List("batch:999").Count == 0);
        return Stopwatch.GetElapsedTime(killed).TotalSeconds;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
            await Task.Delay(20, limit.Token);
    }

    // Of the portal's own tables; the job engine's check-ins are in others.
    private static async Task<long> WrittenAsync(BenchServer server) => await server.CountAsync(
        "bench_portal",
        "(select 1 from pg_stat_user_tables t, generate_series(1, (t.n_tup_ins + t.n_tup_upd + t.n_tup_del)::int) where t.schemaname = 'portal') x");

    /// <returns>Cores that were busy, all of this process.</returns>
    private static async Task<double> CostAsync(TimeSpan length, Action<int> move)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / MovesPerSecond);
        for (var i = 0; Stopwatch.GetElapsedTime(start) < length; i++)
        {
            move(i);
            await timer.WaitForNextTickAsync();
        }

        return (Process.GetCurrentProcess().TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
    }
}
