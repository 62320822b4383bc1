namespace MigrationPortal.Ui;

/// <summary>Names the resources that the parts share.</summary>
internal sealed class Parts;
