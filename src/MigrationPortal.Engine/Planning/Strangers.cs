namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Whom the new pool's categories let in or keep out and the legacy pool does not know, with numbers of their own beside the legacy ones:
/// whether a legacy person lies inside a new group can be asked as of a legacy one. They are given no rights.
/// </summary>
internal sealed class Strangers
{
    private readonly Dictionary<Guid, ChatPrincipal> _all = [];

    public Strangers(ChatPool legacy, ChatPool newPool)
    {
        Containment = new Containment(legacy);
        var known = legacy.Principals.Select(person => person.Guid).ToHashSet();
        var inScopes = newPool.Scopes.Select(scope => scope.PrincipalId).ToHashSet();
        var strangers = newPool.Principals.Where(person => inScopes.Contains(person.PrincipalId) && !known.Contains(person.Guid)).ToList();
        if (strangers.Count == 0)
            return;
        var used = legacy.Principals.Select(person => person.PrincipalId).ToHashSet();
        var number = int.MinValue;
        foreach (var stranger in strangers)
        {
            while (used.Contains(number))
                number++;
            _all.TryAdd(stranger.Guid, stranger with { PrincipalId = number++ });
        }

        Containment = new Containment(legacy with
        {
            Principals = [.. legacy.Principals, .. _all.Values],
            Affiliations = [.. legacy.Affiliations, .. Members(strangers, legacy, newPool)],
        });
    }

    /// <summary>Of the legacy pool and the strangers.</summary>
    public Containment Containment { get; }

    public ChatPrincipal? Find(Guid guid) => _all.GetValueOrDefault(guid);

    // People of the legacy pool in a new group, also through groups that only the new pool has.
    private IEnumerable<ChatAffiliation> Members(List<ChatPrincipal> strangers, ChatPool legacy, ChatPool newPool)
    {
        var below = newPool.Affiliations.Where(row => row.PrincipalId != row.AffiliationId).ToLookup(row => row.AffiliationId, row => row.PrincipalId);
        var guids = newPool.Principals.ToDictionary(person => person.PrincipalId, person => person.Guid);
        var rows = legacy.Principals.ToLookup(person => person.Guid, person => person.PrincipalId);
        foreach (var stranger in strangers)
        {
            var reached = new HashSet<int> { stranger.PrincipalId };
            var open = new Queue<int>(reached);
            while (open.TryDequeue(out var group))
            {
                foreach (var member in below[group].Where(reached.Add))
                {
                    open.Enqueue(member);
                    foreach (var id in rows[guids.GetValueOrDefault(member)])
                        yield return new ChatAffiliation(id, _all[stranger.Guid].PrincipalId, 0);
                }
            }
        }
    }
}
