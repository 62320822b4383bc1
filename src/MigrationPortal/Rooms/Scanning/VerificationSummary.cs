using System.Globalization;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>What lists and decisions need of a proof.</summary>
internal static class VerificationSummary
{
    /// <summary>Enough to tell one set of messages from another.</summary>
    private const int DigestCharacters = 16;

    /// <summary>Names of what differs without a rule; Messages first.</summary>
    public static List<string> Differences(RoomResult proof) =>
        [.. proof.Grade == Grade.Poor ? ["Messages"] : Array.Empty<string>(), .. proof.Settings.Where(x => x.ByRule is null).Select(x => x.Property).Distinct()];

    /// <summary>The same in the names of the side-by-side list, which has one line for all members: a scan sees that line, and what it sees it decides.</summary>
    public static List<string> PairDifferences(RoomResult proof) => [.. Differences(proof).Select(LineOf)];

    // The proof names one person at a time.
    private static string LineOf(string name) => name is "Member" or "Manager" or "Presenter" ? name + "s" : name;

    /// <summary>The new messages as they were read, "988:3f9a…"; null when they are those of the legacy room.</summary>
    public static string? Messages(RoomResult proof) =>
        proof.Grade == Grade.Poor ? string.Create(CultureInfo.InvariantCulture, $"{proof.New.Count}:{proof.New.Digest[..DigestCharacters]}") : null;

    public static long FindingCount(RoomResult proof) => proof.MismatchCount + proof.Settings.Count(x => x.ByRule is null);
}
