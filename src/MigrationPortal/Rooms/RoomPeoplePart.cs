using System.Text.Json;
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

    /// <summary>Of all lists of a scan together. A line takes about 200 bytes of JSON, compressed by the database to a fifth: 40 MB.</summary>
    public const int MostLines = 1_000_000;

    /// <summary>A page of the list lies in one part, or in two.</summary>
    public const int Lines = 500;

    public required long ScanId { get; init; }
    public required long RoomId { get; init; }

    /// <summary>Counted from 0.</summary>
    public required int Part { get; init; }

    /// <summary>Of a <see cref="PeopleVersion"/>: a room has one list for each outcome of the options that decide about rights in it.</summary>
    public required string Version { get; init; }

    /// <summary>What the plan writes (<see cref="PeopleVersion.RightsOf"/>); null where the room was in the new pool already.</summary>
    public string? Planned { get; init; }

    /// <summary>People of the whole room.</summary>
    public required int Total { get; init; }

    /// <summary>JSON of a list of <see cref="RoomPerson"/>.</summary>
    public required string People { get; init; }

    public static IEnumerable<RoomPeoplePart> Split(long scanId, long roomId, PeopleList list) =>
        list.People.Chunk(Lines).DefaultIfEmpty([]).Select((lines, part) => new RoomPeoplePart
        {
            ScanId = scanId,
            RoomId = roomId,
            Part = part,
            Version = list.Version,
            Planned = list.Planned,
            Total = list.People.Count,
            People = JsonSerializer.Serialize(lines, JsonSerializerOptions.Web),
        });
}
