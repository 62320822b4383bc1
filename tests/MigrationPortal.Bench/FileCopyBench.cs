using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Files;
using MigrationPortal.Files;
using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>
/// Files per second with the portal's own ledger, beside <c>cp</c>, <c>sync</c> of each file and <c>sha256sum</c> of both sides: what
/// somebody would do by hand for the same promise.
/// </summary>
internal static class FileCopyBench
{
    private const int Files = 1_000;
    private const int Bytes = 100_000;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await server.CreateAsync(1, 1);
        await server.ExecuteAsync("bench_legacy", $"""
            insert into tblChat select 3, 10 + i, 636000000000000000, 2, false, 'ma-filelink:' || lpad(to_hex(i), 8, '0') || '-0001-0002-0304-05060708090a.bin' from generate_series(0, {Files - 1}) i
            """);
        await server.CreateEmptyAsync("bench_portal", "select 1");
        await PortalDatabase.MigrateAsync(server.At("bench_portal"));
        var room = (await server.PlanAsync()).Rooms[0];
        var folder = Directory.CreateTempSubdirectory("bench-files-").FullName;
        try
        {
            var (from, to) = (Path.Combine(folder, "legacy"), Path.Combine(folder, "new"));
            await FillAsync(from);
            var (ours, reference) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                Empty(to);
                reference.Add(Files / (await BenchServer.ShellAsync(
                    $"cp -p {from}/* {to}/ && sync {to}/* && (cd {from} && sha256sum *) > {folder}/a && (cd {to} && sha256sum *) > {folder}/b && cmp {folder}/a {folder}/b")).TotalSeconds);
                Empty(to);
                using var transfer = new FileTransfer(server.Legacy, FileStore.OpenLegacy(from).Value!, FileStore.Open(to).Value!, new FileJournal(round, to, new Databases(new NpgsqlConnectionStringBuilder(server.At("bench_portal")) { Pooling = true }.ConnectionString), TimeProvider.System));
                var start = Stopwatch.GetTimestamp();
                var copied = await transfer.CopyRoomAsync(room, _ => { }, CancellationToken.None);
                ours.Add(Files / Stopwatch.GetElapsedTime(start).TotalSeconds);
                if (copied.Value is not { Files: Files }) throw new InvalidOperationException(copied.Refusal?.Message ?? "Not every file arrived.");
            }
            MessageCopyBench.Print("file copy, 100 kB each, with ledger", Median(ours), Median(reference), "files/s");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        var content = new byte[Bytes];
        for (var i = 0; i < Files; i++)
        {
            random.NextBytes(content);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i:x8}-0001-0002-0304-05060708090a.bin"), content);
        }
    }

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Databases(string connectionString) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => new(PortalDatabase.Options(connectionString));
    }
}
