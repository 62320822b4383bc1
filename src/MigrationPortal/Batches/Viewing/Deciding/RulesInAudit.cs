using Microsoft.Extensions.Localization;
using MigrationPortal.Audit;

namespace MigrationPortal.Batches.Viewing.Deciding;

/// <summary>The rule whose findings somebody acknowledged: by its number, and what it says.</summary>
internal sealed class RulesInAudit(IStringLocalizer<RuleTexts> rules) : IAuditValues
{
    public bool IsOf(string action) => action == $"Batch{BatchEventKinds.FindingsAcknowledged}";

    public string? Name(string detail) => null;

    public string? Value(string detail, string value) => detail == "rule" ? rules.NumberAndTitle(value) : null;
}
