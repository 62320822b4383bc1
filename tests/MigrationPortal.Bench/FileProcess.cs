using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Files;

namespace MigrationPortal.Bench;

/// <param name="Journal">Connection string of a portal database.</param>
internal sealed record FileOrder(ChatDatabase Legacy, string Journal, long BatchId, IReadOnlyList<PlannedRoom> Rooms, string From, string To);

/// <summary>The files of some rooms, copied in a process of its own with the portal's own journal: something that can be killed.</summary>
internal static class FileProcess
{
    public static async Task<int> RunAsync(string orderPath, Paced steps)
    {
        var order = JsonSerializer.Deserialize<FileOrder>(await File.ReadAllBytesAsync(orderPath))!;
        var (from, to) = (FileStore.OpenLegacy(order.From), FileStore.Open(order.To));
        if ((from.Refusal ?? to.Refusal) is { } closed) return Refused(closed);
        var journal = new FileJournal(order.BatchId, order.To, new Databases(order.Journal), TimeProvider.System);
        // The first question takes a second: whoever waits for the copy to begin need not wait for that.
        await journal.FindAsync([""], CancellationToken.None);
        using var transfer = new FileTransfer(order.Legacy, from.Value!, to.Value!, journal);
        foreach (var room in order.Rooms)
        {
            var copied = await transfer.CopyRoomAsync(room, progress => steps.Say($"file {progress.Files}"), CancellationToken.None);
            if (!copied.IsDone) return Refused(copied.Refusal);
        }
        Console.WriteLine("done");
        return 0;
    }

    /// <summary>Says what a store answers to whoever this process runs as.</summary>
    public static int Open(string root) => FileStore.Open(root).Refusal is { } refusal ? Refused(refusal) : 0;

    private static int Refused(Refusal refusal)
    {
        Console.WriteLine($"refused {refusal.Code}: {refusal.Message}");
        return 3;
    }

    private sealed class Databases(string connectionString) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => new(PortalDatabase.Options(connectionString));
    }
}
