using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs;

/// <summary>One side of a pool pair: is its product known, of this side and readable, and can its connection string be used?</summary>
internal static class PoolSideCheck
{
    public static readonly ChatProduct[] LegacyProducts = [ChatProduct.LyncGroupChat2010, ChatProduct.OcsGroupChat2007R2];
    public static readonly ChatProduct[] NewProducts = [ChatProduct.LyncPersistentChat2013, ChatProduct.SkypePersistentChat2015];

    /// <param name="key">Of the side.</param>
    public static IEnumerable<PairMistake> Mistakes(string key, PoolSettings side, bool isLegacy)
    {
        var products = isLegacy ? LegacyProducts : NewProducts;
        if (Word<ChatProduct>(side.Product) is not { } product || !products.Contains(product))
            yield return Choice(PairKey.Of(key, "Product"), side.Product, $"{products[0]}", $"{products[1]}");

        if (Word<SqlProvider>(side.Provider) is null)
            yield return Choice(PairKey.Of(key, "Provider"), side.Provider, nameof(SqlProvider.SqlServer), nameof(SqlProvider.PostgreSql));

        if (Connection(side) is { } mistake)
            yield return new(PairKey.Of(key, "ConnectionString"), mistake);
    }

    private static string? Connection(PoolSettings side)
    {
        if (string.IsNullOrWhiteSpace(side.ConnectionString))
            return "connection-missing";
        return Word<SqlProvider>(side.Provider) switch
        {
            SqlProvider.PostgreSql => ConnectionStringCheck.Find(side.ConnectionString) switch
            {
                ConnectionStringFault.Unreadable => "connection-postgresql",
                ConnectionStringFault.NoHost => "connection-no-host",
                ConnectionStringFault.NoDatabase => "connection-no-database",
                _ => null,
            },
            SqlProvider.SqlServer when SqlDialect.For(SqlProvider.SqlServer).FindPlace(side.ConnectionString) is null => "connection-sql-server",
            _ => null,
        };
    }

    private static PairMistake Choice(PairKey key, string? text, string one, string other) =>
        string.IsNullOrWhiteSpace(text) ? new(key, "choice-missing", one, other) : new(key, "choice-unknown", text, one, other);

    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name) : null;
}
