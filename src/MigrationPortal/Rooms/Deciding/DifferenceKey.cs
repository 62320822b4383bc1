using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>
/// Names how a room differs, so that nobody accepts other differences than those that were seen: the properties by name and the messages by their number or digest,
/// as <see cref="Acceptance"/> keeps them.
/// </summary>
internal static class DifferenceKey
{
    private const int Length = 16;

    /// <summary>Null where the room does not differ.</summary>
    public static string? Of(Comparison comparison, IEnumerable<string> differences, string? messages) => comparison != Comparison.Different
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{string.Join(',', differences.Order(StringComparer.Ordinal))}|{messages}")))[..Length];
}
