namespace MigrationPortal.Batches.Viewing.Plans;

/// <summary>Names the resources of the plan's items and of the rights it changes.</summary>
internal sealed class PlanTexts;
