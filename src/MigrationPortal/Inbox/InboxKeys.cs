using System.Globalization;

namespace MigrationPortal.Inbox;

/// <summary>Names a line by its kind and its batch: <c>start:12</c>.</summary>
internal static class InboxKeys
{
    public static string Of(string kind, long batchId) => string.Create(CultureInfo.InvariantCulture, $"{kind}:{batchId}");

    /// <summary>Null when the key is of another kind.</summary>
    public static long? Read(string key, params ReadOnlySpan<string> kinds)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && kinds.Contains(key[..colon]) && long.TryParse(key.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
