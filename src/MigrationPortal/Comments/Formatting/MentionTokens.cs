using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Comments.Formatting;

/// <summary>How somebody who is mentioned stands in a comment: <c>@[Anna Kowalska](person:12)</c>.</summary>
internal static partial class MentionTokens
{
    /// <param name="displayName">Without its brackets, which would end it.</param>
    public static string Write(string displayName, long person) => string.Create(
        CultureInfo.InvariantCulture, $"@[{displayName.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)}](person:{person})");

    /// <returns>The numbers of the people who are mentioned, each once.</returns>
    public static IReadOnlyList<long> Read(string text) =>
        [.. Token().Matches(text).Select(x => long.Parse(x.Groups["id"].Value, CultureInfo.InvariantCulture)).Distinct()];

    [GeneratedRegex(@"@\[[^\]\r\n]{1,200}\]\(person:(?<id>\d{1,18})\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
