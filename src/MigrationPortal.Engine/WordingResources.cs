using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace MigrationPortal.Engine;

/// <summary>
/// Where sentences are looked up: the engine's own resources, and those that the portal adds when it is loaded. English is the neutral
/// language, so that an unknown culture reads English. No key is in two of them.
/// </summary>
public static class WordingResources
{
    private static readonly ConcurrentDictionary<string, CultureInfo> _grouped = new();

    private static ResourceManager[] _all =
    [
        new("MigrationPortal.Engine.Refusals", typeof(WordingResources).Assembly),
        new("MigrationPortal.Engine.Findings", typeof(WordingResources).Assembly),
    ];

    public static IReadOnlyList<ResourceManager> All => Volatile.Read(ref _all);

    /// <summary>Called once, before anything is worded.</summary>
    public static void Add(params ReadOnlySpan<ResourceManager> more) => Volatile.Write(ref _all, [.. _all, .. more]);

    /// <summary>Null where there is none. English where the culture's language has none of its own.</summary>
    public static string? Find(string key, CultureInfo culture)
    {
        foreach (var resources in All)
        {
            if (resources.GetString(key, culture) is { } text)
                return text;
        }

        return null;
    }

    internal static string Format(Wording wording, CultureInfo culture)
    {
        var template = Find(wording.Key, culture) ?? Find($"{wording.Key}.{(wording.Args.OfType<long>().FirstOrDefault() == 1 ? "One" : "Other")}", culture);
        // A row of a later version may have a key that this one does not know: better shown than hidden.
        return template is null
            ? string.Join(": ", wording.Args.Select(x => Shown(x, culture).ToString()).Prepend(wording.Key))
            : string.Format(Grouped(culture), template, [.. wording.Args.Select(x => Shown(x, culture))]);
    }

    // As everywhere in the portal: a space that never breaks, which readers of each language take for what it is.
    private static CultureInfo Grouped(CultureInfo culture) => culture.Name.Length == 0 ? culture : _grouped.GetOrAdd(culture.Name, static name =>
    {
        var own = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        own.NumberFormat.NumberGroupSeparator = "\u00a0";
        return own;
    });

    private static object Shown(object arg, CultureInfo culture) => arg switch
    {
        string text => DisplayText.InSentence(text),
        Wording inner => inner.In(culture),
        IReadOnlyList<object> list => string.Join(", ", list.Select(x => Shown(x, culture))),
        _ => arg,
    };
}
