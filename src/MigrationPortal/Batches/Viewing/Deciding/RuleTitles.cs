using Microsoft.Extensions.Localization;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Batches.Viewing.Deciding;

/// <summary>What people read in place of a rule's id, which may be a word for programs.</summary>
internal static class RuleTitles
{
    // A title counts what the rule found: here it stands for any number.
    private const string AnyNumber = "…";

    /// <summary>"3 rooms without members".</summary>
    public static string Title(this IStringLocalizer<RuleTexts> rules, string ruleId, long count) => Read(rules, ruleId, count == 1 ? "One" : "Other", Numbers.Group(count));

    /// <summary>Of any number of findings: "… rooms without members".</summary>
    public static string Title(this IStringLocalizer<RuleTexts> rules, string ruleId) => Read(rules, ruleId, "Other", AnyNumber);

    /// <summary>With the number of the rule, where it has one: "P16 · 3 rooms are disabled".</summary>
    public static string NumberAndTitle(this IStringLocalizer<RuleTexts> rules, string ruleId, long count) => Join(ruleId, rules.Title(ruleId, count));

    /// <summary>With the number of the rule, where it has one: "P16 · … rooms are disabled".</summary>
    public static string NumberAndTitle(this IStringLocalizer<RuleTexts> rules, string ruleId) => Join(ruleId, rules.Title(ruleId));

    private static string Join(string ruleId, string title) => RuleNumber.Of(ruleId) is { } number ? $"{number} · {title}" : title;

    private static string Read(IStringLocalizer<RuleTexts> rules, string ruleId, string number, string count) =>
        rules[$"{ruleId}.{number}", count] is { ResourceNotFound: false } text ? text.Value : ruleId;
}
