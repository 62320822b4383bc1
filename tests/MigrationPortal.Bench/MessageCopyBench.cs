using System.Diagnostics;
using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>Messages per second of our copy beside `psql COPY | psql COPY` of the same rows into the same table, taking turns.</summary>
internal static class MessageCopyBench
{
    private const int Rooms = 50;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string connectionString, int messages)
    {
        var server = new BenchServer(connectionString);
        await server.CreateAsync(Rooms, messages / Rooms);
        var plan = await server.PlanAsync();
        var (ours, reference, two) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            reference.Add(messages / (await ReferenceAsync(server)).TotalSeconds);
            ours.Add(messages / (await OursAsync(server, plan, 1)).TotalSeconds);
            two.Add(messages / (await OursAsync(server, plan, 2)).TotalSeconds);
        }
        Print("message copy, 1 room at a time", Median(ours), Median(reference), "msgs/s");
        Print("message copy, 2 rooms at a time", Median(two), Median(reference), "msgs/s");
        return 0;
    }

    public static void Print(string what, double ours, double reference, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}\t{ours:F0}\t{reference:F0}\t{ours / reference:F2}\t{unit}"));

    private static async Task<TimeSpan> ReferenceAsync(BenchServer server)
    {
        await server.RecreateTargetAsync();
        var taken = await BenchServer.ShellAsync(
            $"psql -qX {BenchServer.Quote(server.At("bench_legacy"))} -c 'copy tblChat to stdout' | psql -qX {BenchServer.Quote(server.At("bench_new"))} -c 'copy tblChat (channelId, chatId, chatDate, userId, isAlert, content) from stdin'");
        return taken;
    }

    private static async Task<TimeSpan> OursAsync(BenchServer server, MigrationPlan plan, int parallel)
    {
        await server.RecreateTargetAsync();
        var transfer = new BatchTransfer(server.Legacy, server.Target, new UnsafeJournal(), TimeProvider.System);
        await using var held = (await transfer.AcquireAsync(CancellationToken.None)).Value!;
        var ids = (await transfer.PrepareAsync(plan, CancellationToken.None)).Value!;
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(plan.Rooms, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (room, cancellation) =>
        {
            var copied = await transfer.CopyRoomAsync(room, plan, ids, _ => { }, new CopyLimits(), cancellation);
            if (!copied.IsDone) throw new InvalidOperationException(copied.Refusal.Message);
        });
        var taken = Stopwatch.GetElapsedTime(start);
        if (await server.CountAsync("bench_new", "tblChat") != await server.CountAsync("bench_legacy", "tblChat"))
            throw new InvalidOperationException("Not every message arrived.");
        return taken;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
