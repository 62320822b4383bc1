using MigrationPortal.Data;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs;

/// <param name="Key">What its mistakes are named by: <c>PoolPairs:0</c>, or the id of a kept pair.</param>
internal sealed record NamedPair(string Key, PoolPairSettings Settings);

/// <summary>What must hold of pool pairs, wherever they were written: each by itself, and all of them together.</summary>
internal static class PoolPairRules
{
    /// <param name="portal">The connection string of the portal's own database; null or empty where it is a private one.</param>
    public static IReadOnlyList<PairMistake> Check(IReadOnlyList<NamedPair> pairs, string? portal) =>
        [.. pairs.SelectMany((pair, i) => Alone(pair).Concat(Twice(pairs, i))), .. Shared(pairs, portal), .. FileStoreCheck.Mistakes(pairs)];

    private static IEnumerable<PairMistake> Alone(NamedPair pair)
    {
        if (string.IsNullOrWhiteSpace(pair.Settings.Name))
            yield return new(PairKey.Of(pair.Key, "Name"), "name-missing");
        else if (!PoolPairId.IsValid(pair.Settings.EffectiveId))
            yield return new(PairKey.Of(pair.Key, "Id"), "id-invalid", pair.Settings.EffectiveId);
        foreach (var mistake in PoolSideCheck.Mistakes(PairKey.Of(pair.Key, "Legacy").Path, pair.Settings.Legacy, isLegacy: true))
            yield return mistake;
        foreach (var mistake in PoolSideCheck.Mistakes(PairKey.Of(pair.Key, "New").Path, pair.Settings.New, isLegacy: false))
            yield return mistake;
    }

    private static IEnumerable<PairMistake> Twice(IReadOnlyList<NamedPair> pairs, int i)
    {
        if (pairs.Take(i).FirstOrDefault(x => x.Settings.EffectiveId == pairs[i].Settings.EffectiveId) is { } first)
            yield return new(PairKey.Of(pairs[i].Key, "Id"), "id-twice", pairs[i].Settings.EffectiveId, PairKey.Of(first.Key, "Id"));
    }

    // A legacy database is never written, so it is nobody's new one; and its rooms are migrated once.
    private static IEnumerable<PairMistake> Shared(IReadOnlyList<NamedPair> pairs, string? portal)
    {
        var owners = new Dictionary<DatabasePlace, PairKey>();
        if (SqlDialect.For(SqlProvider.PostgreSql).FindPlace(portal ?? "") is { } own)
            owners[own] = new(DataOptions.ConnectionStringKey);
        foreach (var pair in pairs)
        {
            var key = PairKey.Of(pair.Key, "Legacy:ConnectionString");
            if (PlaceOf(pair.Settings.Legacy) is { } legacy && !owners.TryAdd(legacy, key))
                yield return new(key, "legacy-shared", owners[legacy]);
        }

        foreach (var pair in pairs)
        {
            if (PlaceOf(pair.Settings.New) is { } target && owners.TryGetValue(target, out var owner))
                yield return new(PairKey.Of(pair.Key, "New:ConnectionString"), "new-shared", owner);
        }
    }

    public static DatabasePlace? PlaceOf(PoolSettings side) => Enum.TryParse<SqlProvider>(side.Provider, ignoreCase: true, out var provider)
        ? SqlDialect.For(provider).FindPlace(side.ConnectionString ?? "")
        : null;
}
