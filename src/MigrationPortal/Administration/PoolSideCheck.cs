using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Administration;

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
        else if (product is ChatProduct.OcsGroupChat2007R2 or ChatProduct.SkypePersistentChat2015)
            yield return $"{key}:Product is {product}, which this version does not read yet: it reads {products[0]}.";

        if (Word<SqlProvider>(side.Provider) is not { } provider)
            yield return $"{key}:Provider {Said(side.Provider)}: write {nameof(SqlProvider.SqlServer)} or {nameof(SqlProvider.PostgreSql)}.";
        else if (provider == SqlProvider.SqlServer)
            yield return $"{key}:Provider is {provider}, which this version does not read yet: it reads {nameof(SqlProvider.PostgreSql)}.";

        if (string.IsNullOrWhiteSpace(side.ConnectionString))
            yield return $"{key}:ConnectionString is missing.";
        else if (Word<SqlProvider>(side.Provider) == SqlProvider.PostgreSql && ConnectionStringCheck.Mistake(side.ConnectionString) is { } mistake)
            yield return $"{key}:ConnectionString {mistake}";
    }

    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name) : null;

    private static string Said(string? text) => string.IsNullOrWhiteSpace(text) ? "is missing" : $"is '{text}'";
}
