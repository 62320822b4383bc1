namespace MigrationPortal.Lists;

/// <summary>A sentence as data: without the signs that keep a name's direction to itself on a page.</summary>
internal static class PlainText
{
    public static string? Of(object? sentence) => sentence?.ToString()?.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
}
