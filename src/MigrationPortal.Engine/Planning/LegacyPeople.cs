namespace MigrationPortal.Engine.Planning;

/// <summary>
/// The legacy pool's people, one for each guid. A rename in the directory leaves the old row beside the new one (trap C2): the values
/// are those of an active row before a disabled one, then of the one updated last, then of the lowest prinID.
/// </summary>
internal sealed class LegacyPeople
{
    private readonly ILookup<Guid, ChatPrincipal> _rows;

    /// <param name="legacy">With a guid of its own for everybody (<see cref="Identities"/>).</param>
    public LegacyPeople(ChatPool legacy) => _rows = legacy.Principals
        .Where(p => p.Type != PrincipalType.SystemUser)
        .OrderBy(p => p.Disabled != 0).ThenByDescending(p => p.UpdatedOn).ThenBy(p => p.PrincipalId)
        .ToLookup(p => p.Guid);

    /// <summary>Everybody, each by the row that counts.</summary>
    public IEnumerable<ChatPrincipal> All => _rows.Select(rows => rows.First());

    /// <summary>All rows of one person, the one that counts first; empty when nobody has that guid.</summary>
    public IEnumerable<ChatPrincipal> RowsOf(Guid guid) => _rows[guid];

    public ChatPrincipal? Find(Guid guid) => _rows[guid].FirstOrDefault();

    /// <summary>The row that counts for the person of this one.</summary>
    public ChatPrincipal Of(ChatPrincipal row) => Find(row.Guid) ?? row;
}
