namespace MigrationPortal.Lists;

/// <summary>Names the titles of columns in files.</summary>
internal sealed class ColumnTitles;
