using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>Builds the legacy side of a sample: ids in order of making, inheritance as Group Chat keeps it.</summary>
internal sealed class WorldBuilder
{
    public const int SystemId = 1;
    public const int RootId = 1;

    private readonly string _world;
    private readonly Dictionary<int, ChatNode> _nodes = [];

    public WorldBuilder(string world)
    {
        _world = world;
        AddPrincipal("system", PrincipalType.SystemUser, "ma-grp:system", "System", null);
        Domain = AddPrincipal("domain", PrincipalType.DomainContainer, "ma-grp:contoso.com", "contoso.com", "DC=contoso,DC=com");
        _nodes[RootId] = new()
        {
            NodeId = RootId, Guid = Guid("root"), ParentId = RootId, IsCategory = true, Name = "root", Topic = "", Invite = false, Logged = true,
            FilePost = true, Visibility = "scope", RestrictChildCreate = true, ScopeDefinerId = RootId, RoleDefinerId = RootId, AddedBy = SystemId,
            UpdatedBy = SystemId, AddedOn = SampleClock.Founded.Ticks, UpdatedOn = SampleClock.Founded.Ticks,
        };
        Scopes.Add(new(RootId, Domain.PrincipalId, false));
    }

    public ChatPrincipal Domain { get; }

    public List<ChatPrincipal> Principals { get; } = [];
    public List<ChatAffiliation> Affiliations { get; } = [];
    public List<ChatRole> Roles { get; } = [];
    public List<ChatScope> Scopes { get; } = [];
    public List<ChatAddIn> AddIns { get; } = [];
    public List<RoomMessages> Messages { get; } = [];
    public IEnumerable<ChatNode> Nodes => _nodes.Values;

    /// <summary>Events that the compliance service has not fetched.</summary>
    public long ComplianceBacklog { get; set; }

    /// <summary>The number of the node that is made next.</summary>
    public int NextId => _nodes.Count + 1;

    public Guid Guid(string name) => SampleGuid.Of($"{_world}:{name}");

    public ChatPrincipal AddPrincipal(string key, PrincipalType type, string uri, string name, string? path, short disabled = 0)
    {
        var principal = new ChatPrincipal
        {
            PrincipalId = Principals.Count + 1, Guid = Guid($"principal:{key}"), Uri = uri, Name = name, DirectoryPath = path, Disabled = disabled, Type = type,
            Email = type == PrincipalType.User ? uri[4..] : null, UserPrincipalName = type == PrincipalType.User ? uri[4..] : null,
            CompanyName = type is PrincipalType.User ? "Contoso" : null, AllowedPermissions = type == PrincipalType.User ? 1 : 0,
            AddedOn = SampleClock.Founded.Ticks, UpdatedOn = SampleClock.Founded.AddDays(Principals.Count % 300).Ticks, VerifiedOn = SampleClock.Today.AddDays(-1),
        };
        Principals.Add(principal);
        if (type != PrincipalType.SystemUser)
            Affiliations.Add(new(principal.PrincipalId, principal.PrincipalId, -1));
        return principal;
    }

    public ChatPrincipal AddUser(string department, short disabled = 0)
    {
        var number = Principals.Count;
        var (first, last) = SampleNames.Of(number);
        var alias = $"{SampleNames.Ascii(first)}.{SampleNames.Ascii(last)}{(number > 1800 ? number.ToString(CultureInfo.InvariantCulture) : "")}";
        // There are 1 800 names; whoever bears one again says where they work.
        var display = number > 1800 ? $"{last}, {first} ({department})" : $"{last}, {first}";
        return AddPrincipal($"user:{number}", PrincipalType.User, $"sip:{alias}@contoso.com", display, $"CN={first} {last},OU={department},DC=contoso,DC=com", disabled);
    }

    public ChatPrincipal AddGroup(string name, IEnumerable<ChatPrincipal> people)
    {
        var group = AddPrincipal($"group:{name}", PrincipalType.Group, $"ma-grp:{Guid($"group-uri:{name}"):D}", name, $"CN={name},OU=Groups,DC=contoso,DC=com");
        Affiliations.AddRange(people.Select(person => new ChatAffiliation(person.PrincipalId, group.PrincipalId, 1)));
        return group;
    }

    /// <summary>A second row of one person, as an import may leave it: another number and address, the same guid.</summary>
    public ChatPrincipal AddTwin(ChatPrincipal person, string uri)
    {
        var twin = AddPrincipal($"twin:{uri}", person.Type, uri, person.Name!, person.DirectoryPath) with { Guid = person.Guid };
        return Principals[^1] = twin;
    }

    /// <summary>Gives a room a scope of its own.</summary>
    public void Narrow(ChatNode room, IEnumerable<ChatPrincipal> scope)
    {
        Scopes.AddRange(scope.Select(x => new ChatScope(room.NodeId, x.PrincipalId, false)));
        _nodes[room.NodeId] = _nodes[room.NodeId] with { ScopeDefinerId = room.NodeId };
    }

    public ChatNode AddCategory(ChatNode? parent, string name, Func<ChatNode, ChatNode>? change = null, IEnumerable<ChatPrincipal>? scope = null)
    {
        var node = AddNode(parent, name, isCategory: true, change);
        if (scope is null)
            return node;
        Scopes.AddRange(scope.Select(x => new ChatScope(node.NodeId, x.PrincipalId, false)));
        return _nodes[node.NodeId] = node with { ScopeDefinerId = node.NodeId };
    }

    public ChatNode AddRoom(ChatNode? parent, string name, Func<ChatNode, ChatNode>? change = null) => AddNode(parent, name, isCategory: false, change);

    public void Grant(ChatNode node, RoleType type, IEnumerable<ChatPrincipal> people) =>
        // The role types' own flags: only managers' and presenters' rights pass an overridden membership; all obey the scope.
        Roles.AddRange(people.Select(x => new ChatRole(node.NodeId, x.PrincipalId, type, type == RoleType.Member, true)));

    public SampleSide Build()
    {
        var pool = new ChatPool
        {
            Nodes = [.. Nodes],
            Principals = Principals,
            Affiliations = Affiliations,
            Roles = [.. Roles.DistinctBy(x => (x.NodeId, x.PrincipalId, x.Type))],
            Scopes = Scopes,
            AddIns = AddIns,
            Messages = [.. Messages.Select(Summary)],
            ComplianceBacklog = ComplianceBacklog,
        };
        return new(pool, Messages);
    }

    private ChatNode AddNode(ChatNode? parent, string name, bool isCategory, Func<ChatNode, ChatNode>? change)
    {
        parent ??= _nodes[RootId];
        var id = _nodes.Count + 1;
        var made = SampleClock.Founded.AddDays(id % 200).AddHours(id % 9);
        var node = new ChatNode
        {
            NodeId = id, Guid = Guid($"node:{id}"), ParentId = parent.NodeId, IsCategory = isCategory, Name = name, Topic = "", ScopeDefinerId = parent.ScopeDefinerId,
            RoleDefinerId = RootId, AddedBy = SystemId, UpdatedBy = SystemId, AddedOn = made.Ticks, UpdatedOn = made.AddDays(30).Ticks,
        };
        return _nodes[id] = change?.Invoke(node) ?? node;
    }

    private static MessageSummary Summary(RoomMessages room) => new()
    {
        NodeId = room.NodeId, Count = room.Count, FirstChatId = room.FirstChatId, LastMessageId = room.LastChatId, LastChatId = room.Counter, CounterRows = 1,
        Authors = room.UnknownAuthor is { } nobody ? [.. room.Authors, nobody] : room.Authors,
    };
}
