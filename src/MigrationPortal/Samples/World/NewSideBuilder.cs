using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Samples.World;

/// <summary>
/// Builds a partly filled new pool: some rooms exactly as the planner would move them, so that they compare as the same, and
/// whatever a sample does to them afterwards.
/// </summary>
internal sealed class NewSideBuilder
{
    private const int RootId = WorldBuilder.RootId;

    private readonly Dictionary<Guid, int> _people = [];
    private readonly Dictionary<Guid, ChatNode> _nodes = [];
    private readonly List<ChatPrincipal> _principals = [System];
    private readonly List<ChatAffiliation> _affiliations = [];
    private readonly List<ChatRole> _roles = [];
    private readonly List<ChatScope> _scopes = [];
    private readonly List<ChatAddIn> _addIns = [];
    private readonly Dictionary<Guid, RoomMessages> _messages = [];
    private int _lastNode = RootId;

    // As LyncPersistentChat2013.sql makes it.
    private static readonly ChatPrincipal System = new()
    {
        PrincipalId = WorldBuilder.SystemId, Guid = new("6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01"), Uri = "ma-grp:system", Name = "System", Disabled = 0, Type = PrincipalType.SystemUser,
    };

    public IEnumerable<ChatNode> Rooms => _nodes.Values.Where(x => !x.IsCategory);

    public void Migrate(SampleSide legacy, IReadOnlySet<Guid> rooms)
    {
        var plan = Planner.PlanUnchecked(new PlanRequest(legacy.Pool, Build().Pool, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()));
        _people[System.Guid] = System.PrincipalId;
        foreach (var person in plan.Principals.Where(x => x.Type != PrincipalType.SystemUser))
            Add(person);
        _affiliations.AddRange(plan.Affiliations.Select(x => new ChatAffiliation(_people[x.Principal], _people[x.Affiliation], x.Index)));
        _addIns.AddRange(plan.AddIns.Select(x => new ChatAddIn(x.Id, x.Name, x.Url)));
        foreach (var category in plan.Categories)
            Add(category);
        var messages = legacy.Messages.ToDictionary(x => x.NodeId);
        var authors = plan.Principals.SelectMany(x => x.LegacyIds, (x, id) => (id, x.Guid)).ToDictionary(x => x.id, x => _people[x.Guid]);
        foreach (var room in plan.Rooms)
            Add(room, messages.GetValueOrDefault(room.LegacyNodeId), authors);
    }

    /// <summary>A person who is only in the new pool.</summary>
    public ChatPrincipal AddPerson(string name, string uri)
    {
        var person = new ChatPrincipal
        {
            PrincipalId = _principals.Count + 1, Guid = SampleGuid.Of($"new-only:{uri}"), Uri = uri, Name = name, DisplayName = name, Disabled = 0, Type = PrincipalType.User,
            DirectoryPath = $"CN={name},OU=Joiners,DC=contoso,DC=com", AddedOn = SampleClock.Today.AddDays(-20).Ticks, UpdatedOn = SampleClock.Today.AddDays(-20).Ticks, VerifiedOn = SampleClock.Today,
        };
        _principals.Add(person);
        _people[person.Guid] = person.PrincipalId;
        _affiliations.Add(new(person.PrincipalId, person.PrincipalId, -1));
        return person;
    }

    /// <summary>A category or room that somebody made in the new pool by hand.</summary>
    public ChatNode AddNode(ChatNode? category, string name, string visibility = "scope", Guid? guid = null) => Add(new ChatNode
    {
        NodeId = ++_lastNode, Guid = guid ?? SampleGuid.Of($"new-only-node:{name}"), ParentId = category?.NodeId ?? RootId, IsCategory = category is null, Name = name,
        Invite = category is null ? true : null, Logged = category is null ? true : null, FilePost = category is null ? true : null, Visibility = visibility,
        AddedBy = 1, UpdatedBy = 1, AddedOn = SampleClock.Today.AddDays(-20).Ticks, UpdatedOn = SampleClock.Today.AddDays(-20).Ticks,
    });

    public ChatNode Find(Guid guid) => _nodes[guid];

    /// <summary>Takes a person into a category's allowed members.</summary>
    public void Admit(ChatNode category, ChatPrincipal person) => _scopes.Add(new(category.NodeId, person.PrincipalId, false));

    public void Change(ChatNode node) => _nodes[node.Guid] = node;

    public void Change(ChatNode room, Func<RoomMessages, RoomMessages> change) => _messages[room.Guid] = change(_messages[room.Guid]);

    public void AddMessages(ChatNode room, RoomMessages messages) => _messages[room.Guid] = messages with { NodeId = room.NodeId };

    public void RemoveOneMember(ChatNode room) => _roles.RemoveAt(_roles.FindIndex(x => x.NodeId == room.NodeId && x.Type == RoleType.Member));

    public void Grant(ChatNode room, RoleType type, ChatPrincipal person) => _roles.Add(new(room.NodeId, person.PrincipalId, type, null, null));

    public SampleSide Build()
    {
        var pool = new ChatPool
        {
            Nodes = [new() { NodeId = RootId, Guid = Guid.Empty, ParentId = RootId, IsCategory = true, Name = "root" }, .. _nodes.Values],
            Principals = [.. _principals], Affiliations = [.. _affiliations], Roles = [.. _roles], Scopes = [.. _scopes], AddIns = [.. _addIns], Messages = [],
        };
        return new(pool, [.. _messages.Values]);
    }

    private ChatNode Add(ChatNode node) => _nodes[node.Guid] = node;

    private void Add(PlannedPrincipal x)
    {
        if (x.NewId is { } present)
        {
            _people[x.Guid] = present;
            return;
        }

        _people[x.Guid] = _principals.Count + 1;
        _principals.Add(new()
        {
            PrincipalId = _principals.Count + 1, Guid = x.Guid, Uri = x.Uri, Name = x.Name, DisplayName = x.DisplayName, CompanyName = x.CompanyName, Email = x.Email,
            DirectoryPath = x.DirectoryPath, UserPrincipalName = x.UserPrincipalName, Disabled = x.Disabled, Type = x.Type, AddedOn = x.AddedOn, UpdatedOn = x.UpdatedOn,
            VerifiedOn = x.VerifiedOn,
        });
    }

    private void Add(PlannedCategory x)
    {
        var node = Add(new ChatNode
        {
            NodeId = ++_lastNode, Guid = x.Guid, ParentId = RootId, IsCategory = true, Name = x.Name, Description = x.Description, Invite = x.Invite, Logged = x.Logged,
            FilePost = x.FilePost, Visibility = "scope", AddedBy = By(x.AddedBy), UpdatedBy = By(x.UpdatedBy), AddedOn = x.AddedOn, UpdatedOn = x.UpdatedOn,
        });
        _scopes.AddRange(x.Scope.Select(guid => new ChatScope(node.NodeId, _people[guid], false)));
        Grant(node, RoleType.Creator, x.Creators);
    }

    private void Add(PlannedRoom x, RoomMessages? messages, Dictionary<int, int> authors)
    {
        var node = Add(new ChatNode
        {
            NodeId = ++_lastNode, Guid = x.Guid, ParentId = _nodes[x.Category].NodeId, IsCategory = false, Name = x.Name, Description = x.Description, Invite = x.Invite,
            Disabled = x.Disabled, Behavior = x.Behavior, Visibility = x.Visibility, AddInId = x.AddInId, AddedBy = By(x.AddedBy), UpdatedBy = By(x.UpdatedBy),
            AddedOn = x.AddedOn, UpdatedOn = x.UpdatedOn, PurgedOn = x.PurgedOn,
        });
        Grant(node, RoleType.Member, x.Members);
        Grant(node, RoleType.Manager, x.Managers);
        Grant(node, RoleType.Voiced, x.Presenters);
        if (messages is not null)
            _messages[x.Guid] = messages with { NodeId = node.NodeId, Authors = [.. messages.Authors.Select(id => authors[id])] };
    }

    private void Grant(ChatNode node, RoleType type, IEnumerable<Guid> people) => _roles.AddRange(people.Select(x => new ChatRole(node.NodeId, _people[x], type, null, null)));

    private int By(Guid? person) => person is { } guid ? _people[guid] : WorldBuilder.SystemId;
}
