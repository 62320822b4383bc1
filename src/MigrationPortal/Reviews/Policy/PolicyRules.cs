using MigrationPortal.Engine;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Refuses a policy that could not be met or would mean nothing, before it is kept.</summary>
internal static class PolicyRules
{
    /// <summary>Bounds what a page shows and a decision computes.</summary>
    public const int MaxRules = 30;

    private const int MaxApprovals = 5;
    private const int MaxHours = 2160;

    public static Refusal? Check(ReviewPolicy policy)
    {
        if (policy.Approvals is < 1 or > MaxApprovals)
            return Refuse($"Approvals must be from 1 to {MaxApprovals}.");
        if (policy.ExpiresAfterHours is < 1 or > MaxHours)
            return Refuse($"Hours until an approval expires must be from 1 to {MaxHours}, or empty.");
        if (policy.Rules.Count > MaxRules)
            return Refuse($"A policy has at most {MaxRules} rules.");
        return policy.Rules.Select(Check).FirstOrDefault(x => x is not null);
    }

    private static Refusal? Check(PolicyRule rule)
    {
        if (!ReviewFacts.Knows(rule.Fact))
            return Refuse($"“{rule.Fact}” is not a fact that a rule can use; use one of {string.Join(", ", ReviewFacts.Names.Order(StringComparer.Ordinal))}, or warnings:P12.");
        if (rule.AtLeast < 1)
            return Refuse($"The rule for {rule.Fact} must start at 1 or more.");
        if (rule.Approvals is < 1 or > MaxApprovals)
            return Refuse($"The rule for {rule.Fact} must ask for 1 to {MaxApprovals} approvals.");
        if (rule is { Approvals: null, Needs: null })
            return Refuse($"The rule for {rule.Fact} asks for nothing: give it a number of approvals or a group.");
        return rule.Needs is { } needs && !(needs.StartsWith("Group:", StringComparison.Ordinal) && needs.Length > "Group:".Length)
            ? Refuse($"“{needs}” is not something a rule can need: write Group: and the name of a group that has the Approver role.")
            : null;
    }

    private static Refusal Refuse(string why) => new("policy-invalid", why);
}
