using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Refuses a policy that could not be met or would mean nothing, before it is kept.</summary>
internal static class PolicyRules
{
    /// <summary>Bounds what a page shows and a decision computes.</summary>
    public const int MaxRules = 30;

    public const int MaxApprovals = 5;

    public const int MaxHours = 2160;

    /// <param name="groups">That the configuration's grants name.</param>
    public static Refusal? Check(ReviewPolicy policy, IReadOnlyCollection<string> groups)
    {
        if (policy.Approvals is < 1 or > MaxApprovals)
            return Refuse("approvals", $"{MaxApprovals}");
        if (policy.ExpiresAfterHours is < 1 or > MaxHours)
            return Refuse("hours", $"{MaxHours}");
        if (!Enum.IsDefined(policy.Starter))
            return Refuse("starter", $"{policy.Starter}", Enum.GetNames<StarterRule>());
        if (policy.Rules.Count > MaxRules)
            return Refuse("too-many", $"{MaxRules}");
        return policy.Rules.Select(x => Check(x, groups)).FirstOrDefault(x => x is not null);
    }

    private static Refusal? Check(PolicyRule rule, IReadOnlyCollection<string> groups)
    {
        if (ReviewFacts.RuleOf(rule.Fact) is { } id)
        {
            if (!PreflightRuleIds.All.Contains(id))
                return Refuse("rule-id", id, PreflightRuleIds.All.Order(StringComparer.Ordinal));
        }
        else if (!ReviewFacts.Names.Contains(rule.Fact))
        {
            return Refuse("fact", rule.Fact, ReviewFacts.Names.Order(StringComparer.Ordinal));
        }

        if (rule.AtLeast < 1)
            return Refuse("at-least", Named(rule.Fact));
        if (rule.Approvals is < 1 or > MaxApprovals)
            return Refuse("rule-approvals", Named(rule.Fact), $"{MaxApprovals}");
        if (rule is { Approvals: null, Needs: null })
            return Refuse("nothing", Named(rule.Fact));
        return CheckNeed(rule, groups);
    }

    private static Refusal? CheckNeed(PolicyRule rule, IReadOnlyCollection<string> groups)
    {
        if (rule.Needs is null or PolicyRule.CategoryOwner)
            return null;
        if (!rule.Needs.StartsWith(PolicyRule.Group, StringComparison.Ordinal))
            return Refuse("need", rule.Needs, PolicyRule.CategoryOwner);
        var group = rule.Needs[PolicyRule.Group.Length..];
        return groups.Contains(group, StringComparer.OrdinalIgnoreCase)
            ? null
            : groups.Count == 0 ? Refuse("no-group", group) : Refuse("group", group, groups);
    }

    private static Wording Named(string fact) => ReviewFacts.RuleOf(fact) is { } id ? RuleTitles.WordingOf(id) : new($"Fact.{fact}");

    private static Refusal Refuse(string what, params ReadOnlySpan<object?> args) => new($"policy-invalid.{what}", RefusalKind.Invalid, args);
}
