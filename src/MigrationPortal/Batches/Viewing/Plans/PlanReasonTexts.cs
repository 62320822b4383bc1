namespace MigrationPortal.Batches.Viewing.Plans;

/// <summary>Names the resources of the plan's reason codes: why a line is as it is.</summary>
internal sealed class PlanReasonTexts;
