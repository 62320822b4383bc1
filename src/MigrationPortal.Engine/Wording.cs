using System.Collections;
using System.Globalization;
using System.Text.Json.Serialization;

namespace MigrationPortal.Engine;

/// <summary>
/// A sentence that is worded when somebody reads it, in the reader's language: its name in the resources, and what is filled in.
/// Texts among the arguments are isolated (<see cref="DisplayText.InSentence"/>), numbers and times follow the culture.
/// </summary>
[JsonConverter(typeof(WordingJson))]
public sealed class Wording : IEquatable<Wording>
{
    /// <param name="key">
    /// Name of the resource. Where there are <c>key.One</c> and <c>key.Other</c> instead, the first number among the arguments chooses.
    /// </param>
    /// <param name="args">
    /// Texts, whole numbers, times, days, guids, enums, wordings, findings and refusals, or lists of these; a list is joined by commas.
    /// A number that counts nothing, as an id, is given as a text or without a format in the resource.
    /// </param>
    public Wording(string key, params ReadOnlySpan<object?> args)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Key = key;
        var kept = new object[args.Length];
        for (var i = 0; i < args.Length; i++)
            kept[i] = Keep(args[i]);
        Args = kept;
    }

    private Wording(object text) => (Key, Args) = ("", [text]);

    /// <summary>Empty for a text that is the same in every language.</summary>
    public string Key { get; }

    /// <summary>Strings, longs, <see cref="DateTimeOffset"/>s, <see cref="DateOnly"/>s, wordings, and lists of these.</summary>
    public IReadOnlyList<object> Args { get; }

    /// <summary>What somebody typed, or a sentence that was stored as such: shown as it is in every language.</summary>
    public static Wording OfText(string text) => new(Keep(text));

    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return Key.Length == 0 ? (string)Args[0] : WordingResources.Format(this, culture);
    }

    /// <summary>In the language of whoever reads: that of the request or page. Logs and files take <see cref="In"/> with the invariant culture, which is English.</summary>
    public override string ToString() => In(CultureInfo.CurrentUICulture);

    public bool Equals(Wording? other) => other is not null && Key == other.Key && AreEqual(Args, other.Args);

    public override bool Equals(object? obj) => Equals(obj as Wording);

    public override int GetHashCode() => HashCode.Combine(Key, Args.Count);

    public static bool operator ==(Wording? one, Wording? other) => one is null ? other is null : one.Equals(other);

    public static bool operator !=(Wording? one, Wording? other) => !(one == other);

    private static bool AreEqual(IReadOnlyList<object> one, IReadOnlyList<object> other) =>
        one.Count == other.Count && one.Zip(other).All(x => x is (IReadOnlyList<object> a, IReadOnlyList<object> b) ? AreEqual(a, b) : x.First.Equals(x.Second));

    // jsonb holds neither U+0000 nor half a character, so that what cannot be seen is shown by its number from here on.
    private static object Keep(object? arg) => arg switch
    {
        null => "",
        string text => DisplayText.Sentence(text),
        Wording or long or DateTimeOffset or DateOnly => arg,
        int or short or byte => Convert.ToInt64(arg, CultureInfo.InvariantCulture),
        Guid guid => guid.ToString("D"),
        Enum value => new Wording($"{value.GetType().Name}.{value}", []),
        Finding finding => finding.Wording,
        Refusal refusal => refusal.Wording,
        IEnumerable list => list.Cast<object?>().Select(Keep).ToArray(),
        _ => throw new ArgumentException($"{arg.GetType().Name} cannot be an argument of a sentence.", nameof(arg)),
    };
}
