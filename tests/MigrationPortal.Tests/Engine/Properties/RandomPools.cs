using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>Legacy pools that no administrator would plan: anything may be set, inherited, contradicted or left over anywhere.</summary>
internal static class RandomPools
{
    public static ChatPool Make(Random random)
    {
        var people = People(random);
        var nodes = Nodes(random, out var scopes, people);
        var roles = Roles(random, nodes, people);
        return new ChatPool
        {
            Nodes = nodes,
            Principals = people,
            Affiliations = Affiliations(random, people),
            Roles = roles,
            Scopes = scopes,
            AddIns = [],
            Messages = [.. nodes.Where(x => !x.IsCategory).Select(x => Messages(random, x, people))],
            ComplianceBacklog = 0,
        };
    }

    private static Guid NewGuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static bool? Maybe(Random random) => random.Next(3) switch { 0 => null, 1 => true, _ => false };

    private static List<ChatPrincipal> People(Random random)
    {
        string[] units = ["OU=Staff", "OU=Guests,OU=Staff", "OU=Machines"];
        var people = new List<ChatPrincipal>();
        void Add(PrincipalType type, string name, string? path) => people.Add(new ChatPrincipal
        {
            PrincipalId = people.Count + 1, Guid = NewGuid(random), Uri = $"sip:{name}{people.Count.ToString(CultureInfo.InvariantCulture)}@contoso.com", Name = $"{name}{people.Count.ToString(CultureInfo.InvariantCulture)}",
            DirectoryPath = path, Disabled = (short)(type == PrincipalType.User && random.Next(5) == 0 ? 1 : 0), Type = type,
        });
        Add(PrincipalType.SystemUser, "system", null);
        Add(PrincipalType.DomainContainer, "domain", "DC=contoso,DC=com");
        foreach (var unit in units) Add(PrincipalType.Folder, "unit", $"{unit},DC=contoso,DC=com");
        for (var i = 0; i < 4; i++) Add(PrincipalType.Group, "group", $"CN=g{i},OU=Groups,DC=contoso,DC=com");
        for (var i = 0; i < 14; i++) Add(PrincipalType.User, "user", random.Next(8) == 0 ? $"CN=u{i},DC=fabrikam,DC=com" : $"CN=u{i},{units[random.Next(units.Length)]},DC=contoso,DC=com");
        Add(PrincipalType.FederatedUser, "partner", null);
        Add(PrincipalType.ExternalUser, "ancient", null);
        Add(PrincipalType.FederatedGroup, "partners", null);
        AddDoubtful(random, people);
        return people;
    }

    // Rows of one guid, strangers with one guid or none, one address of two people, and objects that the directory deleted or found twice.
    private static void AddDoubtful(Random random, List<ChatPrincipal> people)
    {
        var users = people.Where(x => x.Type == PrincipalType.User).ToList();
        var shared = NewGuid(random);
        void Add(ChatPrincipal like, Guid guid, string uri, string? path, PrincipalType type = PrincipalType.User) => people.Add(like with
        {
            PrincipalId = people.Count + 1, Guid = guid, Uri = uri, DirectoryPath = path, Type = type,
            Name = $"row{(people.Count + 1).ToString(CultureInfo.InvariantCulture)}", Disabled = (short)random.Next(2), UpdatedOn = random.Next(3),
        });
        foreach (var user in users.Where(_ => random.Next(4) == 0)) Add(user, user.Guid, "sip:renamed." + user.Uri[4..], user.DirectoryPath);
        foreach (var user in users.Where(_ => random.Next(4) == 0)) Add(user, NewGuid(random), user.Uri.ToUpperInvariant(), user.DirectoryPath);
        for (var i = 0; i < 4; i++) Add(users[0], random.Next(2) == 0 ? Guid.Empty : shared, $"sip:Stranger{i}@partner.example", null, random.Next(2) == 0 ? PrincipalType.FederatedUser : PrincipalType.ExternalUser);
        Add(users[0], shared, "sip:insider@contoso.com", @"CN=insider\,OU=Staff,DC=contoso,DC=com");
        Add(users[0], NewGuid(random), "sip:gone@contoso.com", $@"CN=gone\0ADEL:{NewGuid(random)},CN=Deleted Objects,DC=contoso,DC=com");
        Add(users[0], NewGuid(random), "sip:twice@contoso.com", $@"CN=twice\0ACNF:{NewGuid(random)},OU=Staff,DC=contoso,DC=com");
    }

    private static List<ChatAffiliation> Affiliations(Random random, List<ChatPrincipal> people)
    {
        var groups = people.Where(x => x.Type == PrincipalType.Group).ToList();
        // Groups in groups, upwards only, so that there is no circle.
        var rows = groups.Skip(1).Where(_ => random.Next(2) == 0).Select(x => new ChatAffiliation(x.PrincipalId, groups[0].PrincipalId, 1)).ToList();
        foreach (var user in people.Where(x => x.Type == PrincipalType.User).GroupBy(x => x.Guid))
            rows.AddRange(groups.Where(_ => random.Next(3) == 0).SelectMany(x => user.Select(row => new ChatAffiliation(row.PrincipalId, x.PrincipalId, 1))));
        return rows;
    }

    private static List<ChatNode> Nodes(Random random, out List<ChatScope> scopes, List<ChatPrincipal> people)
    {
        scopes = [new ChatScope(1, 2, false)];
        var nodes = new List<ChatNode>
        {
            new() { NodeId = 1, ParentId = 1, Guid = NewGuid(random), IsCategory = true, Name = "root", Invite = random.Next(2) == 0, Logged = true, FilePost = true, Visibility = "scope", ScopeDefinerId = 1, RoleDefinerId = 1, AddedBy = 1, UpdatedBy = 1 },
        };
        for (var i = 0; i < 26; i++)
        {
            var isCategory = i < 9;
            var parents = nodes.Where(x => x.IsCategory && (isCategory || x.NodeId != 1)).ToList();
            var parent = parents[random.Next(parents.Count)];
            var path = Path(nodes, parent);
            var id = nodes.Count + 1;
            var hasScope = random.Next(5) == 0;
            if (hasScope)
                scopes.AddRange(people.Where(x => x.Type != PrincipalType.SystemUser && random.Next(6) == 0).Select(x => new ChatScope(id, x.PrincipalId, false)));
            nodes.Add(new ChatNode
            {
                NodeId = id, ParentId = parent.NodeId, Guid = NewGuid(random), IsCategory = isCategory, Name = $"{(isCategory ? "c" : "r")}{i.ToString(CultureInfo.InvariantCulture)}{(random.Next(6) == 0 ? " " : "")}", Description = random.Next(2) == 0 ? "" : $"about {i.ToString(CultureInfo.InvariantCulture)}",
                Topic = random.Next(3) == 0 ? "today" : "", Invite = Maybe(random), Logged = Maybe(random), FilePost = Maybe(random), Disabled = !isCategory && random.Next(6) == 0,
                Behavior = !isCategory && random.Next(3) == 0 ? "auditorium" : "normal", Visibility = random.Next(3) switch { 0 => null, 1 => "private", _ => "scope" },
                Inheritance = isCategory && random.Next(6) == 0, ScopeDefinerId = hasScope ? id : parent.ScopeDefinerId,
                RoleDefinerId = random.Next(3) == 0 ? id : path[random.Next(path.Count)].NodeId, AddedBy = 1, AddedOn = 1000 + i, UpdatedBy = 1, UpdatedOn = 2000 + i,
            });
        }
        return nodes;
    }

    private static List<ChatNode> Path(List<ChatNode> nodes, ChatNode node)
    {
        var path = new List<ChatNode> { node };
        while (path[^1].ParentId != path[^1].NodeId) path.Add(nodes.Single(x => x.NodeId == path[^1].ParentId));
        return path;
    }

    private static List<ChatRole> Roles(Random random, List<ChatNode> nodes, List<ChatPrincipal> people)
    {
        RoleType[] types = [RoleType.Member, RoleType.Member, RoleType.Manager, RoleType.Voiced];
        return [.. Enumerable.Range(0, 160).Select(_ => (Node: nodes[random.Next(nodes.Count)], Person: people[1 + random.Next(people.Count - 1)], Type: types[random.Next(types.Length)]))
            .DistinctBy(x => (x.Node.NodeId, x.Person.PrincipalId, x.Type))
            .Select(x => new ChatRole(x.Node.NodeId, x.Person.PrincipalId, x.Type, x.Type == RoleType.Member && random.Next(4) > 0, random.Next(2) == 0))];
    }

    private static MessageSummary Messages(Random random, ChatNode room, List<ChatPrincipal> people)
    {
        var authors = people.Where(x => x.Type is PrincipalType.User or PrincipalType.FederatedUser && random.Next(4) == 0).Select(x => x.PrincipalId).DefaultIfEmpty(1).ToList();
        var count = Math.Max(authors.Count, random.Next(40));
        return new MessageSummary { NodeId = room.NodeId, Count = count, FirstChatId = 1, LastMessageId = count, LastChatId = count + random.Next(3), CounterRows = 1, Authors = authors };
    }
}
