using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Bench;

/// <param name="Journal">Connection string of a portal database.</param>
internal sealed record CopyOrder(
    ChatDatabase Legacy, ChatDatabase Target, string Journal, long BatchId, MigrationPlan Plan, int PageMessages, int MessagesPerSecond, bool IsDelta = false);

/// <summary>A run of one plan in a process of its own, with the portal's own journal: something that can be killed.</summary>
internal static class CopyProcess
{
    private const int ParallelRooms = 2;

    public static async Task<int> RunAsync(string orderPath, Paced steps)
    {
        steps.Say("started");
        var order = JsonSerializer.Deserialize<CopyOrder>(await File.ReadAllBytesAsync(orderPath))!;
        var databases = new Databases(order.Journal);
        BatchWriter transfer = order.IsDelta
            ? new BatchDelta(order.Legacy, order.Target, new DeltaJournal(order.BatchId, databases, TimeProvider.System), TimeProvider.System)
            : new BatchTransfer(order.Legacy, order.Target, new TransferJournal(order.BatchId, databases, TimeProvider.System), TimeProvider.System);
        var held = await transfer.AcquireAsync(CancellationToken.None);
        // The server needs a moment to see that a killed process is gone.
        while (held.Refusal is { Code: "run-in-progress" })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            held = await transfer.AcquireAsync(CancellationToken.None);
        }
        if (!held.IsDone) return Refused(held.Refusal);
        await using var runLock = held.Value;
        steps.Say("locked");
        var ids = await transfer.PrepareAsync(order.Plan, CancellationToken.None);
        if (!ids.IsDone) return Refused(ids.Refusal);
        steps.Say("prepared");
        var limits = new CopyLimits { PageMessages = order.PageMessages, MessagesPerSecond = order.MessagesPerSecond };
        Refusal? refusal = null;
        await Parallel.ForEachAsync(order.Plan.Rooms, new ParallelOptions { MaxDegreeOfParallelism = ParallelRooms }, async (room, cancellation) =>
        {
            var copied = await transfer.CopyRoomAsync(room, order.Plan, ids.Value, Say, limits, cancellation);
            if (!copied.IsDone) refusal = copied.Refusal;
        });
        if (refusal is not null) return Refused(refusal);
        Console.WriteLine("done");
        return 0;

        void Say(CopyProgress progress)
        {
            if (progress.Bytes > 0) steps.Say($"page {progress.Messages}");
        }
    }

    private static int Refused(Refusal refusal)
    {
        Console.WriteLine($"refused {refusal.Code}: {refusal.Message}");
        return 3;
    }

    internal sealed class Databases(string connectionString) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => new(PortalDatabase.Options(connectionString));
    }
}
