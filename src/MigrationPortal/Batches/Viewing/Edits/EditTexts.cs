namespace MigrationPortal.Batches.Viewing.Edits;

/// <summary>Names the texts about edits that meet the changes of others.</summary>
internal sealed class EditTexts;
