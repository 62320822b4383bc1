using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Rooms.Viewing;

/// <summary>The people of one room under all values of the options that decide about rights in it, so that nobody waits for a list because an option changed.</summary>
internal static class CrowdedLists
{
    /// <param name="variants">Of the room.</param>
    /// <param name="exists">Whether the room is in the new pool already.</param>
    public static IEnumerable<PeopleList> Of(
        IEnumerable<RoomVariant> variants, PlanOptions options, string? written, IReadOnlyDictionary<Guid, ChatPrincipal> legacy, IReadOnlyList<NewPerson> current, bool exists) =>
        variants.Select(x => new PeopleList(
            PeopleVersion.Of(options, written, x.Choice),
            exists || x.Room is null ? null : PeopleVersion.RightsOf(x.Room),
            x.Room is null ? [] : RoomPersons.Merge(x.Room, legacy, current, exists)));

    public static PeopleList OnlyNew(PlanOptions options, string? written, IEnumerable<NewPerson> current) =>
        new(PeopleVersion.Of(options, written, choice: ""), Planned: null, RoomPersons.OnlyNew(current));
}
