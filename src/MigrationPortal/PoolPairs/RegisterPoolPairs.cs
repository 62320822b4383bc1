using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs;

/// <summary>
/// Makes a pool pair known: how to reach it to the catalog, that it is there to the database. What people decided about it stays.
/// </summary>
internal sealed class RegisterPoolPairs(
    PoolPairCatalog catalog, IOptions<PoolPairsSettings> settings, IDbContextFactory<PortalDbContext> portal)
{
    /// <summary>The configured pairs, in their order; every other one stays readable but is marked as taken out.</summary>
    public async Task RegisterConfiguredAsync(CancellationToken cancellationToken)
    {
        var pairs = settings.Value.Pairs;
        await using var db = await portal.CreateDbContextAsync(cancellationToken);
        var ids = pairs.Select(x => x.EffectiveId).ToList();
        await db.Set<PoolPair>().Where(x => !ids.Contains(x.Id)).ExecuteUpdateAsync(x => x.SetProperty(p => p.IsConfigured, false), cancellationToken);
        for (var i = 0; i < pairs.Count; i++)
            await RegisterAsync(pairs[i], i, cancellationToken);
    }

    /// <summary>A pair whose settings were found right.</summary>
    public Task RegisterAsync(PoolPairSettings settings, int ordinal, CancellationToken cancellationToken)
    {
        var pair = new PoolPairConnections(settings.EffectiveId, settings.Name!, settings.Legacy.ToChat(), settings.New.ToChat(), Compliance(settings.Legacy), Files(settings));
        return RegisterAsync(pair, ordinal, NameOf(settings.Legacy), NameOf(settings.New), cancellationToken);
    }

    public async Task RegisterAsync(PoolPairConnections pair, int ordinal, string legacyName, string newName, CancellationToken cancellationToken)
    {
        await using var db = await portal.CreateDbContextAsync(cancellationToken);
        // Several nodes may start at once.
        var options = System.Text.Json.JsonSerializer.Serialize(new Engine.Planning.PlanOptions(), System.Text.Json.JsonSerializerOptions.Web);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO portal.pool_pairs (id, name, legacy_name, new_name, legacy_product, new_product, options, ordinal, is_configured)
            VALUES ({pair.Id}, {pair.Name}, {legacyName}, {newName}, {pair.Legacy.Product.ToString()}, {pair.New.Product.ToString()}, {options}::jsonb, {ordinal}, true)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, legacy_name = excluded.legacy_name, new_name = excluded.new_name,
                legacy_product = excluded.legacy_product, new_product = excluded.new_product, ordinal = excluded.ordinal, is_configured = true
            """,
            cancellationToken);
        catalog.Add(pair);
    }

    private static ChatDatabase? Compliance(PoolSettings side) =>
        string.IsNullOrWhiteSpace(side.ComplianceConnectionString) ? null : side.ToChat() with { ConnectionString = side.ComplianceConnectionString };

    private static FileStores? Files(PoolPairSettings pair) => string.IsNullOrWhiteSpace(pair.Legacy.FileStore)
        ? null
        : new FileStores(Path.GetFullPath(pair.Legacy.FileStore), string.IsNullOrWhiteSpace(pair.New.FileStore) ? null : Path.GetFullPath(pair.New.FileStore));

    private static string NameOf(PoolSettings side) => side.PoolFqdn is { Length: > 0 } name ? name : SqlDialect.For(side.ToChat().Provider).FindPlace(side.ConnectionString!)!.Database;
}
