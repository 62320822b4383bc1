using System.Globalization;

namespace MigrationPortal.Batches;

/// <summary>The batch that a notice or an entry is about: <c>batch:12</c>.</summary>
internal static class BatchSubject
{
    private const string Prefix = "batch:";

    public static string Of(long batchId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{batchId}");

    /// <summary>Null for a subject of another kind.</summary>
    public static long? Read(string subject) =>
        subject.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(subject.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
