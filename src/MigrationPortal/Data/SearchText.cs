using System.Text;
using Microsoft.EntityFrameworkCore;

namespace MigrationPortal.Data;

/// <summary>
/// The one way in which the portal looks for what somebody typed: as a part of the text, letter by letter. Case does not count, nor whether
/// an accent is a character of its own; nothing is a wildcard.
/// </summary>
internal static class SearchText
{
    /// <summary>portal.search_text: what two texts have in common that a person reads as the same. Runs in the database only.</summary>
    public static string Key(string? text) => throw new NotSupportedException($"{text} is compared in the database.");

    /// <summary>portal.text_contains. Runs in the database only.</summary>
    public static bool Contains(string? text, string search) => throw new NotSupportedException($"{text} is searched for {search} in the database.");

    /// <summary>As <see cref="Contains"/>, of what is in memory already.</summary>
    public static bool IsIn(string text, string search) => Composed(text).Contains(Composed(search), StringComparison.OrdinalIgnoreCase);

    // Normalize refuses U+FFFE, which the database keeps. Comparing alone does not see that ẞ is a capital ß.
    private static string Composed(string text) => text.Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormC).ToLowerInvariant();

    public static void Map(ModelBuilder model)
    {
        model.HasDbFunction(() => Key(default)).HasName("search_text");
        model.HasDbFunction(() => Contains(default, "")).HasName("text_contains");
    }
}
