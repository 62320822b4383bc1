using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Lists the people of the rooms that are crowded while their plans are at hand; see <see cref="RoomPeoplePart"/> for the bounds.</summary>
internal sealed class CrowdedPeople(ScannedPools scanned, PlanOptions options, PoolView legacy, PoolView current)
{
    private readonly string _version = RoomPeoplePart.VersionOf(options, written: null);
    private IReadOnlyDictionary<Guid, ChatPrincipal>? _people;
    private int _lines;

    public IReadOnlyList<RoomPeoplePart> Of(long roomId, PlannedRoom room, NewRoom? found)
    {
        // Decisions are at least as many as the people that they are about.
        if (room.Decisions.Count < RoomPeoplePart.Crowd && (found is null || found.Members.Count < RoomPeoplePart.Crowd))
            return [];
        _people ??= RoomPersons.ByGuid(legacy.Pool.Principals);
        return Split(roomId, RoomPersons.Merge(room, _people, found is null ? [] : RoomPersons.New(current.Rights(found.Node)), found is not null));
    }

    public IReadOnlyList<RoomPeoplePart> OfNew(long roomId, NewRoom found) =>
        found.Members.Count < RoomPeoplePart.Crowd ? [] : Split(roomId, RoomPersons.OnlyNew(RoomPersons.New(current.Rights(found.Node))));

    private List<RoomPeoplePart> Split(long roomId, List<RoomPerson> people)
    {
        if (people.Count < RoomPeoplePart.Crowd || _lines + people.Count > RoomPeoplePart.MostLines)
            return [];
        _lines += people.Count;
        return [.. RoomPeoplePart.Split(scanned.ScanId, roomId, _version, people)];
    }
}
