using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs.Keeping;

/// <summary>What the audit keeps of a change: everything but the connection strings, of which it keeps server and database.</summary>
internal static class KeptPairDetails
{
    /// <param name="before">Null when the pair is new, or nobody can read what it was.</param>
    public static Dictionary<string, string?> Between(PoolPairSettings? before, PoolPairSettings after)
    {
        var (old, now) = (before is null ? [] : Of(before), Of(after));
        var changes = now.Where(x => old.GetValueOrDefault(x.Key) != x.Value)
            .ToDictionary(x => x.Key, string? (x) => before is null ? x.Value : $"{old.GetValueOrDefault(x.Key)} → {x.Value}", StringComparer.Ordinal);
        // The place may be the same, and who signs in there another.
        if (before is not null && before.Legacy.ConnectionString != after.Legacy.ConnectionString)
            changes["legacyConnectionChanged"] = "yes";
        if (before is not null && before.New.ConnectionString != after.New.ConnectionString)
            changes["newConnectionChanged"] = "yes";
        return changes;
    }

    /// <summary>"mgc on sql01".</summary>
    public static string Place(DatabasePlace? place) => place is null ? "" : $"{place.Database} @ {place.Server}";

    private static Dictionary<string, string> Of(PoolPairSettings pair) => new Dictionary<string, string?>
    {
        ["name"] = pair.Name,
        ["legacyProduct"] = pair.Legacy.Product,
        ["legacyDatabase"] = Place(PoolPairRules.PlaceOf(pair.Legacy)),
        ["legacyFileStore"] = pair.Legacy.FileStore,
        ["newProduct"] = pair.New.Product,
        ["newDatabase"] = Place(PoolPairRules.PlaceOf(pair.New)),
        ["newFileStore"] = pair.New.FileStore,
        ["newPool"] = pair.New.PoolFqdn,
    }.Where(x => !string.IsNullOrEmpty(x.Value)).ToDictionary(x => x.Key, x => x.Value!, StringComparer.Ordinal);
}
