using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Lists the people of the rooms that are crowded while the pools are at hand; see <see cref="RoomPeoplePart"/> for the bounds.</summary>
internal sealed class CrowdedPeople(ScannedPools scanned, PlanRequest request, PoolView legacy, PoolView current)
{
    private readonly RoomVariants _variants = new(request);
    private IReadOnlyDictionary<Guid, ChatPrincipal>? _people;
    private int _lines;

    public IReadOnlyList<RoomPeoplePart> Of(long roomId, ChatNode room, PlannedRoom planned, NewRoom? found)
    {
        // Decisions are at least as many as the people that they are about.
        if (planned.Decisions.Count < RoomPeoplePart.Crowd && (found is null || found.Members.Count < RoomPeoplePart.Crowd))
            return [];
        _people ??= RoomPersons.ByGuid(legacy.Pool.Principals);
        var held = found is null ? [] : RoomPersons.New(current.Rights(found.Node));
        return Split(roomId, CrowdedLists.Of(_variants.Of(room), request.Options, written: null, _people, held, found is not null));
    }

    public IReadOnlyList<RoomPeoplePart> OfNew(long roomId, NewRoom found) => found.Members.Count < RoomPeoplePart.Crowd
        ? []
        : Split(roomId, [CrowdedLists.OnlyNew(request.Options, written: null, RoomPersons.New(current.Rights(found.Node)))]);

    private List<RoomPeoplePart> Split(long roomId, IEnumerable<PeopleList> lists)
    {
        List<RoomPeoplePart> parts = [];
        foreach (var list in lists)
        {
            // The first is what the pair's options give.
            if (parts.Count == 0 && list.People.Count < RoomPeoplePart.Crowd)
                return [];
            if (_lines + list.People.Count > RoomPeoplePart.MostLines)
                continue;
            _lines += list.People.Count;
            parts.AddRange(RoomPeoplePart.Split(scanned.ScanId, roomId, list));
        }

        return parts;
    }
}
