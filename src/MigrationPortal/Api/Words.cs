using MigrationPortal.Engine;

namespace MigrationPortal.Api;

/// <summary>Query values that come from a list of names. Numbers are none, although .NET would take them for one.</summary>
internal static class Words
{
    /// <summary>A comma list; empty where nothing is asked for.</summary>
    public static Outcome<IReadOnlyList<T>> Read<T>(string name, string? text)
        where T : struct, Enum
    {
        var (words, known) = (Split(text), new List<T>());
        foreach (var word in words)
        {
            if (Find<T>(word) is not { } value)
                return Unknown<T>(name, word);
            if (!known.Contains(value))
                known.Add(value);
        }

        return known;
    }

    /// <summary>One word; null where nothing is asked for.</summary>
    public static Outcome<T?> ReadOne<T>(string name, string? text)
        where T : struct, Enum => string.IsNullOrEmpty(text) ? (T?)null : Find<T>(text.Trim()) is { } value ? value : Unknown<T>(name, text);

    /// <summary>By its name, in any case.</summary>
    public static T? Find<T>(string? word)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(x => x.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name) : null;

    public static string[] Split(string? commas) => (commas ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Refusal Unknown<T>(string name, string word)
        where T : struct, Enum => new("invalid-filter", RefusalKind.Invalid, name, word, Enum.GetNames<T>());
}
