using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Samples.World;
using Npgsql;

namespace MigrationPortal.Samples;

/// <summary>Makes the samples asked for in the background, lists their pair once they are complete, and has it scanned for the first time.</summary>
internal sealed partial class LoadSamples(
    IOptions<SamplesOptions> options, SampleDatabases databases, SampleFiles files, SampleProgress progress, PortalDatabase portal, RegisterPoolPairs pairs,
    IDbContextFactory<PortalDbContext> contexts, RequestScanHandler scans, ILogger<LoadSamples> log) : BackgroundService
{
    // Any number that nobody else locks: one node makes the samples, the others wait for it.
    private const long MakingLock = 0x53414D50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var name = options.Value.Load!;
        if (name == "none")
            return;
        progress.Report(new(SampleState.Making, name, "Waiting", 0, 0, null));
        await Task.Yield();
        try
        {
            foreach (var (sample, at) in SamplesWorld.GenerationsOf(name).Select((sample, at) => (sample, at)))
                await LoadAsync(sample, at, stoppingToken);
            progress.Report(new(SampleState.Complete, name, null, 0, 0, null));
        }
        catch (Exception exception) when (exception is NpgsqlException or DbUpdateException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            Failed(exception, name);
            progress.Report(new(SampleState.Failed, name, null, 0, 0, $"The sample {name} could not be made: {exception.Message}"));
        }
    }

    private async Task LoadAsync(string name, int at, CancellationToken cancellationToken)
    {
        await using (var gate = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(portal.ConnectionString) { Pooling = false }.ConnectionString))
        {
            await gate.OpenAsync(cancellationToken);
            await using var take = new NpgsqlCommand($"select pg_advisory_lock({MakingLock})", gate) { CommandTimeout = 0 };
            await take.ExecuteNonQueryAsync(cancellationToken);
            if (!await databases.AreCompleteAsync(name, cancellationToken))
                await MakeAsync(name, cancellationToken);
        }

        var pair = new PoolPairConnections(
            name, SamplesWorld.NameOf(name),
            new(SamplesWorld.ProductOf(name), SqlProvider.PostgreSql, databases.Legacy(name)),
            new(SamplesWorld.NewProductOf(name), SqlProvider.PostgreSql, databases.New(name)),
            Files: files.Of(name));
        await files.MakeAsync(name, pair.Legacy, pair.New, cancellationToken);
        // Behind every configured pair.
        await pairs.RegisterAsync(pair, 1000 + at, "gc.contoso.com", "pcpool.contoso.com", cancellationToken);
        await ScanOnceAsync(name, cancellationToken);
    }

    private async Task MakeAsync(string name, CancellationToken cancellationToken)
    {
        var world = SamplesWorld.Make(name, options.Value.Messages);
        var total = world.Legacy.Messages.Sum(x => x.Count);
        await databases.MakeAsync(world, (phase, done) => progress.Report(new(SampleState.Making, name, phase, done, total, null)), cancellationToken);
        var rooms = world.Legacy.Pool.Nodes.Count(x => !x.IsCategory);
        Made(name, rooms, total);
    }

    private async Task ScanOnceAsync(string pairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await PoolPairQueries.CurrentScanOf(db, pairId).AnyAsync(x => x != null, cancellationToken))
            await scans.HandleAsync(new RequestScan(pairId), Caller.Portal, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sample {Name} is made: {Rooms} rooms, {Messages} messages.")]
    private partial void Made(string name, int rooms, long messages);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sample {Name} could not be made.")]
    private partial void Failed(Exception exception, string name);
}
