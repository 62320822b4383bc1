using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Tests.Engine.Planning;

/// <summary>A small legacy pool by names: a root, a domain as everybody's scope, categories by path, rooms by name.</summary>
internal sealed class PoolBuilder
{
    public const int RootId = 1;
    public const int SystemId = 1;
    public const int DomainId = 2;

    private readonly List<ChatNode> _nodes = [];
    private readonly List<ChatPrincipal> _principals = [];
    private readonly List<ChatAffiliation> _affiliations = [];
    private readonly List<ChatRole> _roles = [];
    private readonly List<ChatScope> _scopes = [];
    private readonly List<ChatAddIn> _addIns = [];
    private readonly List<MessageSummary> _messages = [];

    public PoolBuilder()
    {
        Principal("System", PrincipalType.SystemUser);
        Principal("contoso.com", PrincipalType.DomainContainer, path: "DC=contoso,DC=com");
        _nodes.Add(new ChatNode { NodeId = RootId, ParentId = RootId, Guid = Guids("root"), IsCategory = true, Name = "root", ScopeDefinerId = RootId, RoleDefinerId = RootId, AddedBy = SystemId, UpdatedBy = SystemId });
        _scopes.Add(new ChatScope(RootId, DomainId, false));
    }

    /// <summary>The same name gives the same guid in every pool of every test.</summary>
    public static Guid Guids(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    public PoolBuilder Principal(string name, PrincipalType type = PrincipalType.User, string? path = null, short disabled = 0, string? uri = null)
    {
        var isInDirectory = type is PrincipalType.User or PrincipalType.Group;
        _principals.Add(new ChatPrincipal
        {
            PrincipalId = _principals.Count + 1,
            Guid = Guids("principal " + name),
            Uri = uri ?? $"sip:{name}@contoso.com",
            Name = name,
            Type = type,
            Disabled = disabled,
            DirectoryPath = path ?? (isInDirectory ? $"CN={name},OU=Staff,DC=contoso,DC=com" : null),
        });
        return this;
    }

    public PoolBuilder Category(string name, string? under = null, Func<ChatNode, ChatNode>? with = null) => Node(name, under, true, with);

    public PoolBuilder Room(string name, string? under = null, Func<ChatNode, ChatNode>? with = null) => Node(name, under, false, with);

    public PoolBuilder Member(string node, string principal, bool? honorsScope = false, bool? honorsOverride = true) =>
        Role(node, principal, RoleType.Member, honorsScope, honorsOverride);

    public PoolBuilder Manager(string node, string principal) => Role(node, principal, RoleType.Manager, false, false);

    public PoolBuilder Presenter(string node, string principal) => Role(node, principal, RoleType.Voiced, false, false);

    /// <summary>Gives the node a scope of its own; nodes added below it afterwards take it over.</summary>
    public PoolBuilder Scope(string node, params string[] principals)
    {
        var id = IdOf(node);
        Change(node, n => n with { ScopeDefinerId = id });
        _scopes.AddRange(principals.Select(p => new ChatScope(id, PrincipalIdOf(p), false)));
        return this;
    }

    public PoolBuilder Affiliate(string principal, string group)
    {
        _affiliations.Add(new ChatAffiliation(PrincipalIdOf(principal), PrincipalIdOf(group), 1));
        return this;
    }

    public PoolBuilder AddIn(string name, string url)
    {
        _addIns.Add(new ChatAddIn(Guids("addin " + name), name, url));
        return this;
    }

    public PoolBuilder Messages(string room, long count, params int[] authors)
    {
        _messages.Add(new MessageSummary { NodeId = IdOf(room), Count = count, FirstChatId = 1, LastMessageId = count, LastChatId = count, CounterRows = 1, Authors = authors });
        return this;
    }

    public PoolBuilder Change(string node, Func<ChatNode, ChatNode> with)
    {
        var index = _nodes.FindIndex(n => n.Name == node);
        _nodes[index] = with(_nodes[index]);
        return this;
    }

    public int IdOf(string node) => _nodes.Single(n => n.Name == node).NodeId;

    public int PrincipalIdOf(string name) => _principals.Single(p => p.Name == name).PrincipalId;

    public ChatPool Build() => new()
    {
        Nodes = _nodes,
        Principals = _principals,
        Affiliations = _affiliations,
        Roles = _roles,
        Scopes = _scopes,
        AddIns = _addIns,
        Messages = _messages,
        ComplianceBacklog = 0,
    };

    /// <summary>Plans the named rooms (all when none is named) against an empty new pool.</summary>
    public PlanResult Plan(params string[] rooms) => Plan(new PlanOptions(), new PoolBuilder().Build(), rooms);

    public PlanResult Plan(PlanOptions options, params string[] rooms) => Plan(options, new PoolBuilder().Build(), rooms);

    public PlanResult Plan(PlanOptions options, ChatPool newPool, params string[] rooms) => Planner.Plan(new PlanRequest(
        Build(), newPool, _nodes.Where(n => !n.IsCategory && (rooms.Length == 0 || rooms.Contains(n.Name))).Select(n => n.Guid).ToHashSet(),
        options, new Dictionary<Guid, string>(), new HashSet<Guid>()));

    private PoolBuilder Node(string name, string? under, bool isCategory, Func<ChatNode, ChatNode>? with)
    {
        var parent = under is null ? _nodes[0] : _nodes.Single(n => n.Name == under);
        var node = new ChatNode
        {
            NodeId = 10 + _nodes.Count,
            ParentId = parent.NodeId,
            Guid = Guids("node " + name),
            IsCategory = isCategory,
            Name = name,
            Visibility = "scope",
            ScopeDefinerId = parent.ScopeDefinerId,
            RoleDefinerId = parent.RoleDefinerId,
            AddedBy = SystemId,
            UpdatedBy = SystemId,
        };
        _nodes.Add(with?.Invoke(node) ?? node);
        return this;
    }

    private PoolBuilder Role(string node, string principal, RoleType type, bool? honorsScope, bool? honorsOverride)
    {
        _roles.Add(new ChatRole(IdOf(node), PrincipalIdOf(principal), type, honorsOverride, honorsScope));
        return this;
    }
}
