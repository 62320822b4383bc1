using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine;

public enum ChatProduct
{
    OcsGroupChat2007R2,
    LyncGroupChat2010,
    LyncPersistentChat2013,
    SkypePersistentChat2015,
}

/// <summary>One chat database: which product made it, which server holds it, how to reach it.</summary>
public sealed record ChatDatabase(ChatProduct Product, SqlProvider Provider, string ConnectionString)
{
    public bool IsLegacy => Product is ChatProduct.OcsGroupChat2007R2 or ChatProduct.LyncGroupChat2010;

    /// <summary>For sentences: "Legacy pool" or "New pool".</summary>
    internal Wording Side => new(IsLegacy ? "Pool.Legacy" : "Pool.New");
}
