using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>
/// A room for every trap of docs/traps.md that a database can show; its name begins with the trap's number. What only a server, a
/// directory or a file share can show has no room here, and the table in docs/traps.md says so.
/// </summary>
internal static class AwkwardWorld
{
    public const string Name = "Tailspin (sample)";

    public static SampleWorld Make(string id, ChatProduct product)
    {
        var builder = new WorldBuilder(id) { ComplianceBacklog = 3 };
        var floor = Floor.Staff(builder, ["Desk", "Wall"], 14);
        var rooms = new AwkwardRoomsBuilder(builder, floor);
        AwkwardNames.AddTo(rooms);
        AwkwardRights.AddTo(rooms);
        AwkwardSettings.AddTo(rooms);
        AwkwardPeople.AddTo(rooms);
        AwkwardMessages.AddTo(rooms);
        var legacy = builder.Build();
        return new(id, Name, legacy, New(rooms, legacy), product);
    }

    // Somebody began before the portal came: a pilot with a taken name, a namesake with a taken address, a category that was opened wider.
    private static SampleSide New(AwkwardRoomsBuilder rooms, SampleSide legacy)
    {
        var builder = new NewSideBuilder();
        builder.Migrate(legacy, legacy.Pool.Nodes.Where(x => !x.IsCategory && x.Name.StartsWith("57 ", StringComparison.Ordinal)).Select(x => x.Guid).ToHashSet());
        var squatter = builder.AddPerson("Somebody else", rooms.Renamed.Uri);
        builder.Admit(builder.Find(rooms.Drifted.Guid), squatter);
        var pilot = builder.AddNode(null, "Pilot");
        builder.AddNode(pilot, "03 TAKEN NAME");
        builder.AddNode(pilot, "Restored by hand", guid: rooms.GuidTaken.Guid);
        return builder.Build();
    }
}
