namespace MigrationPortal.Lists;

/// <summary>Names the texts of what all lists have: files, columns, views.</summary>
internal sealed class ListTexts;
