using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing.Deciding;

/// <summary>The rules that a refusal is about, by id: its sentence has their titles.</summary>
internal sealed record RuleDetails(IEnumerable<string> RuleIds) : IRefusalDetails
{
    public IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?>(StringComparer.Ordinal) { ["ruleIds"] = RuleIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() };
}
