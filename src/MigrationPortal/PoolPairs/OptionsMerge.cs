using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <summary>One option that two people set to different values.</summary>
internal sealed record OptionMet(string Name, string Base, string Theirs, string Yours);

/// <summary>What somebody changed of the options they saw, in those that hold now.</summary>
/// <param name="Merged">Texts by the option's name; theirs where both set it.</param>
internal sealed record OptionsMerge(IReadOnlyDictionary<string, string> Merged, IReadOnlyList<OptionMet> Met)
{
    /// <summary>With the name of the option behind it: what a batch and a pool pair call the field.</summary>
    public const string Prefix = "options.";

    /// <summary>As a conflict names it, in a batch's options and in a pool pair's: <c>options.Topic</c>.</summary>
    public static string FieldOf(string name) => Prefix + name;

    public static string NameOf(string field) => field[Prefix.Length..];

    /// <param name="before">Texts of the options that were seen.</param>
    /// <param name="isTheirs">Whether another person set that option since; null where it differs from what was seen.</param>
    public static OptionsMerge Of(Dictionary<string, string> before, PlanOptions wanted, PlanOptions now, Func<string, bool>? isTheirs = null)
    {
        var texts = Texts(now);
        var met = new List<OptionMet>();
        foreach (var (name, yours) in Texts(wanted).Where(x => before[x.Key] != x.Value))
        {
            if (!(isTheirs?.Invoke(name) ?? texts[name] != before[name]))
                texts[name] = yours;
            else if (texts[name] != yours)
                met.Add(new(name, before[name], texts[name], yours));
        }

        return new(texts, met);
    }

    public static Dictionary<string, string> Texts(PlanOptions options) => PlanOptionFields.Of(options).ToDictionary(x => x.Name, x => x.Value, StringComparer.Ordinal);
}
