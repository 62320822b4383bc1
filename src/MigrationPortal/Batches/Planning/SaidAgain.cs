using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Whether a finding says what a kept one said. Earlier versions kept a text in place of a list or of a sentence within the sentence, its names joined
/// by semicolons: there, and only there, what is read is compared.
/// </summary>
internal static class SaidAgain
{
    public static bool Is(Wording? kept, Wording? now) => kept == now || (kept is not null && now is not null && Says(kept, now));

    private static bool Says(object kept, object now) => (kept, now) switch
    {
        (Wording { Key: "" } text, _) => Plain(Read(text)) == Plain(Read(now)),
        (string text, not string) => Plain(text) == Plain(Read(now)),
        (Wording one, Wording other) => one.Key == other.Key && Says(one.Args, other.Args),
        (IReadOnlyList<object> one, IReadOnlyList<object> other) => one.Count == other.Count && one.Zip(other).All(x => Says(x.First, x.Second)),
        _ => kept.Equals(now),
    };

    /// <summary>In English, without what isolates the names in it: a text is isolated as a whole, a list name by name.</summary>
    public static string Read(object arg) => arg switch
    {
        Wording wording => PlainText.Of(wording.In(CultureInfo.InvariantCulture))!,
        IReadOnlyList<object> list => string.Join(", ", list.Select(Read)),
        _ => Convert.ToString(arg, CultureInfo.InvariantCulture)!,
    };

    // Sentences had another apostrophe, too.
    private static string Plain(string text) => text.Replace("; ", ", ", StringComparison.Ordinal).Replace('’', '\'');
}
