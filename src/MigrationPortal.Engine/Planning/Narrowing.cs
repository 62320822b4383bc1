namespace MigrationPortal.Engine.Planning;

/// <summary>
/// What remains of a principal inside a scope: the legacy server intersects at run time, the new one demands a subset up front
/// (trap 15). Itself when it lies inside; the parts of the scope inside it when it is wider; nothing when it lies outside.
/// </summary>
internal sealed class Narrowing(ChatPool pool, Containment containment, PlanOptions options)
{
    // Thousands of rooms share a scope and the people in it.
    private readonly Dictionary<ScopeSet, Dictionary<int, NarrowedPrincipal>> _known = new(ReferenceEqualityComparer.Instance);

    public NarrowedPrincipal Into(ScopeSet scope, ChatPrincipal principal)
    {
        if (!_known.TryGetValue(scope, out var known))
            _known[scope] = known = [];
        if (!known.TryGetValue(principal.PrincipalId, out var narrowed))
            known[principal.PrincipalId] = narrowed = Decide(scope, principal);
        return narrowed;
    }

    private NarrowedPrincipal Decide(ScopeSet scope, ChatPrincipal principal)
    {
        if (containment.IsWithinAny(principal.PrincipalId, scope))
            return new([principal], false);
        if (!Containment.IsContainer(principal.Type))
            return new([], false);
        var inside = scope.Principals.Where(s => containment.IsWithin(s.PrincipalId, principal.PrincipalId)).ToList();
        if (inside.Count > 0)
            return new(inside, false);
        return containment.IsOpaque(principal) ? Undecided(scope, principal) : new([], false);
    }

    private NarrowedPrincipal Undecided(ScopeSet scope, ChatPrincipal principal) => options.ScopeUndecided switch
    {
        ScopeUndecided.Keep => new([principal], true),
        ScopeUndecided.Expand => new(PeopleOf(scope, principal), true),
        _ => new([], true),
    };

    private List<ChatPrincipal> PeopleOf(ScopeSet scope, ChatPrincipal container) =>
        [.. pool.Principals.Where(p => p.Type == PrincipalType.User
            && containment.IsWithin(p.PrincipalId, container.PrincipalId)
            && containment.IsWithinAny(p.PrincipalId, scope))];
}

/// <param name="IsUndecided">It could not be told from the database whether the principal overlaps the scope.</param>
internal readonly record struct NarrowedPrincipal(IReadOnlyList<ChatPrincipal> Principals, bool IsUndecided);
