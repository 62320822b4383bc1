namespace MigrationPortal.Undo;

/// <summary>Names the texts of undos.</summary>
public sealed class UndoTexts;
