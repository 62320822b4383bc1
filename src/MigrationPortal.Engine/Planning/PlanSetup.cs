using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Engine.Planning;

/// <summary>What every room of one request is planned with; made once, from the whole legacy inventory.</summary>
internal sealed class PlanSetup
{
    /// <param name="byStanding">Whether rooms are planned by the categories that stand in the new pool; what a new room is compared with is not.</param>
    public PlanSetup(PlanRequest request, bool byStanding)
    {
        Request = request = request with { Legacy = Identities.Separate(request.Legacy) };
        People = new LegacyPeople(request.Legacy);
        Tree = new LegacyTree(request.Legacy);
        Settings = new EffectiveSettings(Tree);
        Containment = new Containment(request.Legacy);
        var scopes = new ScopeSets(request.Legacy, Tree, Containment);
        Parts = new CategoryParts(Tree, Settings, scopes, request.Options);
        Names = new FinalNames(Tree, request.Options, request.NewNames);
        var uris = new UriOwners(People, request.New, request.NameKey);
        Principals = new PrincipalPlanner(request.Legacy, request.New, People, uris, request.Options);
        var rows = new RoleRows(Tree, Containment, People, new Narrowing(request.Legacy, Containment, request.Options), uris, request.Options);
        var rights = new RoomRights(Tree, Settings, Containment, rows, request.Legacy.Roles.ToLookup(r => r.NodeId), request.Options);
        AddIns = new AddInPlanner(request);
        Categories = new CategoryPlanner(request, Tree, Settings, Names, rights, scopes, Principals, new Admissions(request, Tree, Parts, rights));
        var standing = byStanding ? new StandingCategories(request, Categories, People) : null;
        Rooms = new RoomPlanner(request, Tree, Settings, Parts, Names, rights, Principals, AddIns, standing, request.Legacy.Messages.ToDictionary(m => m.NodeId));
    }

    /// <summary>With a guid of its own for every legacy principal.</summary>
    public PlanRequest Request { get; }

    public LegacyPeople People { get; }

    public LegacyTree Tree { get; }

    public EffectiveSettings Settings { get; }

    public Containment Containment { get; }

    public CategoryParts Parts { get; }

    public FinalNames Names { get; }

    public PrincipalPlanner Principals { get; }

    public AddInPlanner AddIns { get; }

    public RoomPlanner Rooms { get; }

    public CategoryPlanner Categories { get; }

    /// <summary>Whether the options leave the room behind.</summary>
    public bool IsSkipped(ChatNode room) => room.Disabled && Request.Options.DisabledRooms == DisabledRooms.Skip;
}
