using System.Security.Cryptography;
using System.Text.Json;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms;

/// <summary>
/// Some of the people of a crowded room, worked out and in order: made by the scan, which has every room's rights at hand, so that nobody
/// waits for 50 000 people when the room is opened.
/// </summary>
internal sealed class RoomPeoplePart
{
    /// <summary>People from which on a room is crowded; fewer are worked out within 0.2 s.</summary>
    public const int Crowd = 5_000;

    /// <summary>Of all rooms of a scan together. A line takes about 200 bytes of JSON, compressed by the database to a fifth: 40 MB.</summary>
    public const int MostLines = 1_000_000;

    /// <summary>A page of the list lies in one part, or in two.</summary>
    public const int Lines = 500;

    public required long ScanId { get; init; }
    public required long RoomId { get; init; }

    /// <summary>Counted from 0.</summary>
    public required int Part { get; init; }

    /// <summary>As <see cref="VersionOf"/> makes it: parts of another one are not shown.</summary>
    public required string Version { get; init; }

    /// <summary>People of the whole room.</summary>
    public required int Total { get; init; }

    /// <summary>JSON of a list of <see cref="RoomPerson"/>.</summary>
    public required string People { get; init; }

    /// <summary>
    /// Without the options that leave everybody's rights in a room as they are: another separator makes no list stale. An option that is not
    /// named here counts.
    /// </summary>
    public static PlanOptions OfRights(PlanOptions options)
    {
        var any = new PlanOptions();
        return options with
        {
            PrefixSeparator = any.PrefixSeparator,
            RootNameInPrefix = any.RootNameInPrefix,
            OverLongName = any.OverLongName,
            RootCategory = any.RootCategory,
            EmptyCategories = any.EmptyCategories,
            MixedFlags = any.MixedFlags,
            Topic = any.Topic,
            Creators = any.Creators,
            DirectorySync = any.DirectorySync,
            NodeAuditIds = any.NodeAuditIds,
            DisabledFlag = any.DisabledFlag,
            AuthorWithoutPrincipal = any.AuthorWithoutPrincipal,
            InvalidAddIn = any.InvalidAddIn,
            Preferences = any.Preferences,
            CutOff = any.CutOff,
        };
    }

    /// <param name="written">Version of what was written to the new room since the scan; null when nothing was.</param>
    public static string VersionOf(PlanOptions options, string? written) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(OfRights(options), JsonSerializerOptions.Web)).AsSpan(0, 16))}.{written}";

    public static IEnumerable<RoomPeoplePart> Split(long scanId, long roomId, string version, IReadOnlyList<RoomPerson> people) =>
        people.Chunk(Lines).Select((lines, part) => new RoomPeoplePart
        {
            ScanId = scanId,
            RoomId = roomId,
            Part = part,
            Version = version,
            Total = people.Count,
            People = JsonSerializer.Serialize(lines, JsonSerializerOptions.Web),
        });
}
