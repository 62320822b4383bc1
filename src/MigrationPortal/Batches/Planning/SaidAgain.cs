using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Whether a finding says what a kept one said. Earlier versions kept a text in place of a list or of a sentence within the sentence, its names joined
/// by semicolons; what is read is the same.
/// </summary>
internal static class SaidAgain
{
    public static bool Is(Wording? kept, Wording? now) => kept == now || (kept is not null && now is not null && IsRead(Read(kept), Read(now)));

    private static bool IsRead(string kept, string now) => kept == now || kept.Replace("; ", ", ", StringComparison.Ordinal) == now;

    // A text is isolated as a whole, a list name by name.
    private static string Read(Wording wording) => wording.In(CultureInfo.InvariantCulture)
        .Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
}
