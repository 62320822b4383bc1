namespace MigrationPortal.Batches.Viewing.Deciding;

/// <summary>Names the resources of the checks' rules: one sentence for all findings of a rule, {0} being their number.</summary>
internal sealed class RuleTexts;
