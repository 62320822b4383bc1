using Microsoft.Extensions.Localization;

namespace MigrationPortal.Ui.Values;

/// <summary>Texts that hold a count: a key has a text <c>X.One</c> for 1 and a text <c>X.Other</c> for the rest, as English, German and Spanish need it.</summary>
internal static class Plurals
{
    /// <param name="key">Without <c>.One</c> and <c>.Other</c>.</param>
    /// <param name="count">The text's <c>{0}</c>, grouped.</param>
    /// <param name="more">The text's <c>{1}</c> and so on. A second count is a text of its own: format it first and pass it.</param>
    public static string Count(this IStringLocalizer texts, string key, long count, params object[] more) =>
        texts[$"{key}.{(count == 1 ? "One" : "Other")}", [Numbers.Group(count), .. more]];
}
