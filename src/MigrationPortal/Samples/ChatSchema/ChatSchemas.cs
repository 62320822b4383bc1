using MigrationPortal.Engine;
using Npgsql;

namespace MigrationPortal.Samples.ChatSchema;

/// <summary>The documented schemas of both generations on PostgreSQL: what samples, benches and tests are made of.</summary>
internal static class ChatSchemas
{
    public static async Task CreateAsync(NpgsqlConnection connection, ChatProduct product, CancellationToken cancellationToken = default)
    {
        await using var command = new NpgsqlCommand(Ddl(product), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives a filled database of Lync Server 2010 Group Chat the shape of an older generation's.</summary>
    public static async Task ReshapeAsync(NpgsqlConnection connection, CancellationToken cancellationToken = default)
    {
        await using var command = new NpgsqlCommand(Ddl(ChatProduct.OcsGroupChat2007R2), connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static string Ddl(ChatProduct product)
    {
        using var stream = typeof(ChatSchemas).Assembly.GetManifestResourceStream($"ChatSchema.{product}.sql")
            ?? throw new ArgumentOutOfRangeException(nameof(product), product, "No schema of this product is at hand.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
