namespace MigrationPortal.Data;

internal static class Like
{
    /// <summary>What somebody typed is looked for as typed: % and _ are no wildcards.</summary>
    public static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
