namespace MigrationPortal.Engine.Planning;

/// <summary>Whom a category of the new pool lets in and whom it denies, each in the order of guids.</summary>
internal sealed record PresentScope(IReadOnlyList<Guid> Allowed, IReadOnlyList<Guid> Denied)
{
    /// <summary>A plan denies nobody.</summary>
    public bool Matches(IReadOnlyList<Guid> planned) => Denied.Count == 0 && Allowed.SequenceEqual(planned);
}

/// <summary>The scopes of the new pool's categories, as they stand there.</summary>
internal sealed class PresentScopes(ChatPool pool)
{
    private readonly ILookup<int, ChatScope> _rows = pool.Scopes.ToLookup(row => row.NodeId);
    private readonly Dictionary<int, Guid> _guids = pool.Principals.ToDictionary(person => person.PrincipalId, person => person.Guid);

    public PresentScope Of(ChatNode category) => new(Guids(category, isDenied: false), Guids(category, isDenied: true));

    private IReadOnlyList<Guid> Guids(ChatNode category, bool isDenied) =>
        [.. _rows[category.NodeId].Where(row => row.IsDenied == isDenied).Select(row => _guids.GetValueOrDefault(row.PrincipalId)).Order()];
}
