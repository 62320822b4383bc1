using Microsoft.Extensions.Localization;

namespace MigrationPortal.Ui.Values;

/// <summary>A name that is empty leaves a gap in what is read aloud: words stand for it.</summary>
internal static class EmptyNames
{
    /// <returns>The name as it is, else that there is none.</returns>
    public static string Named(this IStringLocalizer<Parts> texts, string? name) => name is { Length: > 0 } ? name : texts["Unnamed"].Value;
}
