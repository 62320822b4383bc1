using System.Text.Json;
using MigrationPortal.Audit;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Policies before and after a change, as their page sums them up.</summary>
internal sealed class PoliciesInAudit(PolicyText text) : IAuditValues
{
    public bool IsOf(string action) => action is "PolicySet" or "PolicyProposed";

    public string? Name(string detail) => null;

    public string? Value(string detail, string value) => detail is "before" or "after" && Read(value) is { } policy ? text.Sum(policy) : null;

    private static ReviewPolicy? Read(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<ReviewPolicy>(stored, JsonSerializerOptions.Web) is { Rules: { } rules } policy && rules.All(IsKnown) ? policy : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A later version may have written one that this one has no words for.
    private static bool IsKnown(PolicyRule? rule) =>
        rule?.Fact is { } fact && (ReviewFacts.Names.Contains(fact) || ReviewFacts.RuleOf(fact) is not null)
        && (rule.Needs is { } need ? IsKnownNeed(need) : rule.Approvals is not null);

    private static bool IsKnownNeed(string need) =>
        need == PolicyRule.CategoryOwner || need.StartsWith(PolicyRule.Group, StringComparison.Ordinal) || ReviewFacts.CategoryOf(need) is not null;
}
