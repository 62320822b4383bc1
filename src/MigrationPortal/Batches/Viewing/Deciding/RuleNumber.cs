namespace MigrationPortal.Batches.Viewing.Deciding;

internal static class RuleNumber
{
    /// <summary>What people know a rule by, e.g. <c>P05</c>; null where its id is a word for programs.</summary>
    public static string? Of(string ruleId) => ruleId is [>= 'A' and <= 'Z', .. var digits] && digits.Length > 0 && digits.All(char.IsAsciiDigit) ? ruleId : null;
}
