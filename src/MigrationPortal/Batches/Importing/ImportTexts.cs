namespace MigrationPortal.Batches.Importing;

/// <summary>Names the texts of the dialog that adds rooms from a file.</summary>
internal sealed class ImportTexts;
