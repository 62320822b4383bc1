using System.Diagnostics;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Bench;

/// <summary>Pairs of messages compared per second beside psql reading both sides by COPY and throwing them away.</summary>
internal static class VerificationBench
{
    private const int Rooms = 50;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string connectionString, int messages)
    {
        var server = new BenchServer(connectionString);
        await server.CreateAsync(Rooms, messages / Rooms);
        var plan = await server.PlanAsync();
        var transfer = new BatchTransfer(server.Legacy, server.Target, new UnsafeJournal(), TimeProvider.System);
        await using var held = (await transfer.AcquireAsync(CancellationToken.None)).Value!;
        var ids = (await transfer.PrepareAsync(plan, CancellationToken.None)).Value!;
        foreach (var room in plan.Rooms)
            if ((await transfer.CopyRoomAsync(room, plan, ids, _ => { }, new CopyLimits(), CancellationToken.None)).Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
        await server.ExecuteAsync("bench_new", "vacuum analyze");
        var (one, two, reference) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            reference.Add(messages / (await ReadAsync(server)).TotalSeconds);
            one.Add(messages / (await VerifyAsync(1)).TotalSeconds);
            two.Add(messages / (await VerifyAsync(2)).TotalSeconds);
        }
        MessageCopyBench.Print("verification, 1 room at a time", one.Order().ElementAt(Rounds / 2), reference.Order().ElementAt(Rounds / 2), "pairs/s");
        MessageCopyBench.Print("verification, 2 rooms at a time", two.Order().ElementAt(Rounds / 2), reference.Order().ElementAt(Rounds / 2), "pairs/s");
        return 0;

        async Task<TimeSpan> VerifyAsync(int parallel)
        {
            var start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(plan.Rooms, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (room, cancellation) =>
            {
                var proof = await RoomVerifier.VerifyAsync(server.Legacy, server.Target, room, plan, ids, cancellation);
                if (proof.Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
                if (proof.Value!.Grade > Grade.Good) throw new InvalidOperationException($"{room.Name} is not equal.");
            });
            return Stopwatch.GetElapsedTime(start);
        }
    }

    // In the order of the key, as a comparison needs it.
    private static Task<TimeSpan> ReadAsync(BenchServer server)
    {
        const string Copy = "copy (select chatId, chatDate, userId, isAlert, content from tblChat order by channelId, chatId) to stdout (format binary)";
        return BenchServer.ShellAsync(
            $"psql -qX {BenchServer.Quote(server.At("bench_legacy"))} -c '{Copy}' >/dev/null; psql -qX {BenchServer.Quote(server.At("bench_new"))} -c '{Copy}' >/dev/null");
    }
}
