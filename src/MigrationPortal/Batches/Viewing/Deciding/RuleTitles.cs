using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Engine;
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

    /// <summary>As an argument of a sentence, with the number of the rule where it has one; what is no rule's id stays as it is.</summary>
    public static Wording WordingOf(string ruleId, long count) => Named(ruleId, count);

    /// <summary>As above, of any number of findings.</summary>
    public static Wording WordingOf(string ruleId) => Named(ruleId, AnyNumber);

    private static Wording Named(string ruleId, object count)
    {
        if (WordingResources.Find($"Found.{ruleId}.Other", CultureInfo.InvariantCulture) is null)
            return Wording.OfText(ruleId);
        var title = new Wording($"Found.{ruleId}", count);
        return RuleNumber.Of(ruleId) is { } number ? new("Found.Numbered", number, title) : title;
    }

    private static string Join(string ruleId, string title) => RuleNumber.Of(ruleId) is { } number ? $"{number} · {title}" : title;

    private static string Read(IStringLocalizer<RuleTexts> rules, string ruleId, string number, string count) =>
        rules[$"Found.{ruleId}.{number}", count] is { ResourceNotFound: false } text ? text.Value : ruleId;
}
