using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.PoolPairs;

/// <summary>A place in the settings of pool pairs, e.g. <c>PoolPairs:0:Legacy:FileStore</c>; without the pair in front where there is one only.</summary>
internal readonly record struct PairKey(string Path)
{
    /// <param name="before">Empty for none.</param>
    public static PairKey Of(string before, string rest) => new(before.Length == 0 ? rest : $"{before}:{rest}");

    public override string ToString() => Path;
}

/// <summary>Something that is wrong with the settings of a pool pair.</summary>
/// <param name="Code">Of the sentence <c>pool-pair.CODE</c>, whose first argument is the place.</param>
/// <param name="Args">Texts, and places of other settings.</param>
internal sealed record PairMistake(PairKey Key, string Code, params IReadOnlyList<object> Args)
{
    /// <param name="name">How a place is called: by its key, or by its field's label.</param>
    public Wording Word(Func<PairKey, string> name) =>
        new($"pool-pair.{Code}", [name(Key), .. Args.Select(x => x is PairKey key ? name(key) : x)]);

    /// <summary>For the log and the start, in English.</summary>
    public override string ToString() => Word(x => x.Path).In(CultureInfo.InvariantCulture);
}
