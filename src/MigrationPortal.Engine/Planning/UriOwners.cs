namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Whose an address is: one active principal's at most. Somebody active in the new pool has it, else, of those who would come with it, the
/// active one that was updated last, however the rooms are cut into batches.
/// </summary>
internal sealed class UriOwners
{
    private readonly Func<string, string> _key;
    private readonly Dictionary<string, ChatPrincipal> _coming;
    private readonly ILookup<string, ChatPrincipal> _present;
    private readonly Dictionary<Guid, ChatPrincipal> _known;

    /// <param name="key">When two addresses are one in the new pool: the run asks its server.</param>
    public UriOwners(LegacyPeople people, ChatPool newPool, Func<string, string> key)
    {
        _key = key;
        _present = newPool.Principals.Where(p => p.Disabled == 0).ToLookup(p => key(p.Uri), StringComparer.Ordinal);
        _known = NewAccounts.Of(newPool);
        // Whoever is in the new pool already has there what the new pool says.
        _coming = people.All
            .Where(p => p.Disabled == 0 && p.Uri.Length > 0 && !PrincipalTypes.IsFederated(p.Type) && !PersonNames.IsDeleted(p) && !_known.ContainsKey(p.Guid))
            .GroupBy(p => key(p.Uri), StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.OrderByDescending(p => p.UpdatedOn).ThenBy(p => p.PrincipalId).First(), StringComparer.Ordinal);
    }

    /// <summary>An earlier batch may have created the person already, disabled: that is no claim to the address.</summary>
    /// <param name="person">The row that counts for the person.</param>
    public bool IsTaken(ChatPrincipal person) =>
        _known.GetValueOrDefault(person.Guid) is not { Disabled: 0 }
        && (_present[_key(person.Uri)].Any(owner => owner.Guid != person.Guid)
            || (_coming.TryGetValue(_key(person.Uri), out var first) && first.Guid != person.Guid));
}
