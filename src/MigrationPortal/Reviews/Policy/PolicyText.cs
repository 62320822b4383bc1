using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Reviews.Policy;

/// <summary>What a policy asks for, in a few words.</summary>
internal sealed class PolicyText(StandingText standings, IStringLocalizer<StandingTexts> words, IStringLocalizer<PolicyTexts> texts)
{
    public string Sum(ReviewPolicy policy)
    {
        List<string> parts = [words["Why.Default", policy.Approvals], .. policy.Rules.Select(x => standings.Why(Rule(x)))];
        var needs = string.Join("; ", parts);
        var expiring = policy.ExpiresAfterHours is { } hours ? texts.Count("Expire", hours, needs) : texts["NeverExpire", needs].Value;
        return string.Join(' ', More(policy).Prepend(expiring));
    }

    // Whatever differs from the default: two policies that differ never read alike.
    private IEnumerable<string> More(ReviewPolicy policy)
    {
        if (policy.Starter != StarterRule.Anyone)
            yield return $"{texts["Starter"]}: {texts[$"Starter.{policy.Starter}"]}.";
        if (policy.WarningsNeedReason)
            yield return $"{texts["WarningsNeedReason"]}.";
        if (policy.OpenThreadsBlock)
            yield return $"{texts["OpenThreadsBlock"]}.";
        if (policy.BreakGlass)
            yield return $"{texts["BreakGlass"]}.";
    }

    public string Rules(IReadOnlyList<PolicyRule> rules) => rules.Count == 0 ? texts["NoRules"] : string.Join("; ", rules.Select(x => standings.Why(Rule(x))));

    // As the judge writes one, with the limit in place of what was counted.
    private static StandingNote Rule(PolicyRule rule) =>
        new("rule", rule.Fact, rule.AtLeast.ToString(CultureInfo.InvariantCulture), "", rule.Approvals?.ToString(CultureInfo.InvariantCulture) ?? "", rule.Needs ?? "");
}
