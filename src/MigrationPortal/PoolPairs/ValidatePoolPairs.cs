using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Start;

namespace MigrationPortal.PoolPairs;

/// <summary>Everything that is wrong with the pool pairs, at once; each sentence begins with its key.</summary>
internal sealed class ValidatePoolPairs(IConfiguration configuration) : IValidateOptions<PoolPairsSettings>
{
    public ValidateOptionsResult Validate(string? name, PoolPairsSettings options)
    {
        var mistakes = UnknownKeys.In<PoolPairSettings>(configuration.GetSection(PoolPairsSettings.Section)).ToList();
        for (var i = 0; i < options.Pairs.Count; i++)
        {
            var key = $"{PoolPairsSettings.Section}:{i}";
            var pair = options.Pairs[i];
            mistakes.AddRange(Naming(key, pair));
            mistakes.AddRange(PoolSideCheck.Mistakes($"{key}:Legacy", pair.Legacy, isLegacy: true));
            mistakes.AddRange(PoolSideCheck.Mistakes($"{key}:New", pair.New, isLegacy: false));
            if (options.Pairs.FindIndex(x => x.EffectiveId == pair.EffectiveId) is var first && first < i)
                mistakes.Add($"{key}:Id is {pair.EffectiveId}, as is {PoolPairsSettings.Section}:{first}:Id: give each pool pair an id of its own.");
        }

        mistakes.AddRange(Shared(options.Pairs));
        mistakes.AddRange(FileStoreCheck.Mistakes(options.Pairs));
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Naming(string key, PoolPairSettings pair)
    {
        if (string.IsNullOrWhiteSpace(pair.Name))
            yield return $"{key}:Name is missing: it is what people read, for example Contoso.";
        else if (!PoolPairId.IsValid(pair.EffectiveId))
            yield return $"{key}:Id is '{pair.EffectiveId}': it stands in addresses, so write 1 to 40 of a-z, 0-9 and hyphens.";
    }

    // A legacy database is never written, so it is nobody's new one; and its rooms move once.
    private IEnumerable<string> Shared(List<PoolPairSettings> pairs)
    {
        var owners = new Dictionary<DatabasePlace, string>();
        if (SqlDialect.For(SqlProvider.PostgreSql).FindPlace(configuration[DataOptions.ConnectionStringKey] ?? "") is { } portal)
            owners[portal] = DataOptions.ConnectionStringKey;
        for (var i = 0; i < pairs.Count; i++)
        {
            var key = $"{PoolPairsSettings.Section}:{i}:Legacy:ConnectionString";
            if (PlaceOf(pairs[i].Legacy) is { } legacy && !owners.TryAdd(legacy, key))
                yield return $"{key} is the same database as {owners[legacy]}: a legacy database belongs to one pool pair.";
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            var key = $"{PoolPairsSettings.Section}:{i}:New:ConnectionString";
            if (PlaceOf(pairs[i].New) is { } target && owners.TryGetValue(target, out var owner))
                yield return $"{key} is the same database as {owner}: rooms move into a database of their own.";
        }
    }

    private static DatabasePlace? PlaceOf(PoolSettings side) => Enum.TryParse<SqlProvider>(side.Provider, ignoreCase: true, out var provider)
        ? SqlDialect.For(provider).FindPlace(side.ConnectionString ?? "")
        : null;
}
