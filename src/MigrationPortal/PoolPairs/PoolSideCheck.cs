using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs;

/// <summary>One side of a pool pair: is its product known, of this side and readable, and can its connection string be used?</summary>
internal static class PoolSideCheck
{
    private static readonly ChatProduct[] LegacyProducts = [ChatProduct.LyncGroupChat2010, ChatProduct.OcsGroupChat2007R2];
    private static readonly ChatProduct[] NewProducts = [ChatProduct.LyncPersistentChat2013, ChatProduct.SkypePersistentChat2015];

    public static IEnumerable<string> Mistakes(string key, PoolSettings side, bool isLegacy)
    {
        var products = isLegacy ? LegacyProducts : NewProducts;
        if (Word<ChatProduct>(side.Product) is not { } product || !products.Contains(product))
            yield return $"{key}:Product {Said(side.Product)}: write {string.Join(" or ", products)}.";

        if (Word<SqlProvider>(side.Provider) is null)
            yield return $"{key}:Provider {Said(side.Provider)}: write {nameof(SqlProvider.SqlServer)} or {nameof(SqlProvider.PostgreSql)}.";

        if (string.IsNullOrWhiteSpace(side.ConnectionString))
            yield return $"{key}:ConnectionString is missing.";
        else if (Word<SqlProvider>(side.Provider) == SqlProvider.PostgreSql && ConnectionStringCheck.Mistake(side.ConnectionString) is { } mistake)
            yield return $"{key}:ConnectionString {mistake}";
        else if (Word<SqlProvider>(side.Provider) == SqlProvider.SqlServer && SqlDialect.For(SqlProvider.SqlServer).FindPlace(side.ConnectionString) is null)
            yield return $"{key}:ConnectionString is not one of SQL Server that names Server and Database: write Server=…;Database=…;User ID=…;Password=… or Integrated Security=true.";
    }

    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name) : null;

    private static string Said(string? text) => string.IsNullOrWhiteSpace(text) ? "is missing" : $"is '{text}'";
}
