namespace MigrationPortal.Engine.Planning;

/// <summary>
/// What remains of a principal inside a scope: the legacy server intersects at run time, the new one demands a subset up front
/// (trap 15). Itself when it lies inside; the parts of the scope inside it when it is wider; nothing when it lies outside.
/// </summary>
internal sealed class Narrowing(ChatPool pool, Containment containment, PlanOptions options)
{
    public NarrowedPrincipal Into(ScopeSet scope, ChatPrincipal principal)
    {
        if (scope.Principals.Any(s => containment.IsWithin(principal.PrincipalId, s.PrincipalId)))
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
            && scope.Principals.Any(s => containment.IsWithin(p.PrincipalId, s.PrincipalId)))];
}

/// <param name="IsUndecided">It could not be told from the database whether the principal overlaps the scope.</param>
internal readonly record struct NarrowedPrincipal(IReadOnlyList<ChatPrincipal> Principals, bool IsUndecided);
