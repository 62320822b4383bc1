using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.Samples.World;
using MigrationPortal.Samples.Writing;
using Npgsql;

namespace MigrationPortal.Samples;

/// <summary>The two databases of a sample, on the portal's own server. A comment on the database marks it as complete.</summary>
internal sealed class SampleDatabases(PortalDatabase portal)
{
    private const string Complete = "MigrationPortal sample, complete";

    public string Legacy(string sample) => ConnectionString(sample, "legacy");

    public string New(string sample) => ConnectionString(sample, "new");

    public async Task<bool> AreCompleteAsync(string sample, CancellationToken cancellationToken) =>
        await IsCompleteAsync(Legacy(sample), cancellationToken) && await IsCompleteAsync(New(sample), cancellationToken);

    /// <summary>Half-made ones are dropped and made again; only a complete pair is ever seen.</summary>
    public async Task MakeAsync(SampleWorld world, Action<string, long> report, CancellationToken cancellationToken)
    {
        report("LegacyMessages", 0);
        await MakeAsync(
            Legacy(world.Id), ChatProduct.LyncGroupChat2010,
            async connection =>
            {
                await LegacyWriter.WriteAsync(connection, world.Legacy, new SynchronousProgress(done => report("LegacyMessages", done)), cancellationToken);
                if (world.Product == ChatProduct.OcsGroupChat2007R2)
                    await ChatSchemas.ReshapeAsync(connection, cancellationToken);
            }, cancellationToken);
        report("NewPool", 0);
        await MakeAsync(
            New(world.Id), ChatProduct.LyncPersistentChat2013,
            connection => NewWriter.WriteAsync(connection, world.New, cancellationToken), cancellationToken);
        // Both at the end: a sample that lacks one side is no sample.
        await MarkAsync(Legacy(world.Id), cancellationToken);
        await MarkAsync(New(world.Id), cancellationToken);
    }

    private static async Task MakeAsync(string connectionString, ChatProduct product, Func<NpgsqlConnection, Task> fill, CancellationToken cancellationToken)
    {
        await ServerDatabases.DropAsync(connectionString, cancellationToken);
        await ServerDatabases.CreateAsync(connectionString, cancellationToken);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 300 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await ChatSchemas.CreateAsync(connection, product, cancellationToken);
        await fill(connection);
        await using var analyze = new NpgsqlCommand("ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task MarkAsync(string connectionString, CancellationToken cancellationToken)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"COMMENT ON DATABASE \"{name}\" IS '{Complete}'", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> IsCompleteAsync(string connectionString, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var name = builder.Database!;
        builder.Database = "postgres";
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select shobj_description(oid, 'pg_database') from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is Complete;
    }

    // On a server that others use too, the portal's own name tells whose sample it is.
    private string ConnectionString(string sample, string side)
    {
        var builder = new NpgsqlConnectionStringBuilder(portal.ConnectionString) { MaxPoolSize = 20 };
        builder.Database = portal.Server is null ? $"{builder.Database}_{sample}_{side}" : $"sample_{sample}_{side}";
        return builder.ConnectionString;
    }

    private sealed class SynchronousProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
