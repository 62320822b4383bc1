namespace MigrationPortal.Rooms;

/// <summary>Names the explanations of the planner's reason codes.</summary>
public sealed class ReasonTexts;
