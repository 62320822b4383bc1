namespace MigrationPortal.Engine.Planning;

/// <summary>A right that will be written, and where it comes from.</summary>
internal sealed record Grant(ChatPrincipal Principal, RoleType Type, string Code, ChatNode Source);

/// <summary>A legacy right that will not be written. It loses something only if the legacy server honoured it.</summary>
internal sealed record LostRight(ChatPrincipal Principal, RoleType Type, string Code, ChatNode Source, bool Loses);

/// <summary>Rights of one room or category part. A principal stands once per role, with its first source.</summary>
internal sealed class RightsList
{
    private readonly Dictionary<(Guid, RoleType), int> _places = [];
    private readonly List<Grant> _grants = [];
    private readonly List<LostRight> _lost = [];

    public IReadOnlyList<Grant> Grants => _grants;

    /// <summary>Without what the same person keeps by another row.</summary>
    public IReadOnlyList<LostRight> Lost => [.. _lost.Where(lost => !_places.ContainsKey((lost.Principal.Guid, lost.Type)))];

    /// <summary>Options that decided about one of these rights.</summary>
    public RightsOptions Asked { get; private set; }

    public void Ask(RightsOptions option) => Asked |= option;

    public bool Add(Grant grant)
    {
        var key = (grant.Principal.Guid, grant.Type);
        if (_places.TryAdd(key, _grants.Count))
        {
            _grants.Add(grant);
            return true;
        }

        // Of two rows of one person the active one says that the right was in use.
        if (_grants[_places[key]].Principal.Disabled != 0 && grant.Principal.Disabled == 0)
            _grants[_places[key]] = grant;
        return false;
    }

    public void Lose(LostRight lost) => _lost.Add(lost);

    public IEnumerable<ChatPrincipal> Of(RoleType type) => _grants.Where(g => g.Type == type).Select(g => g.Principal);
}

/// <summary>Passes single role rows through the rules that every right obeys: federation, taken addresses, scope.</summary>
internal sealed class RoleRows(LegacyTree tree, Containment containment, LegacyPeople people, Narrowing narrowing, UriOwners uris, PlanOptions options)
{
    private readonly Dictionary<int, bool> _taken = [];

    /// <summary>Writes what remains of one row to <paramref name="rights"/>.</summary>
    public void Pass(ChatRole row, RoleType asType, string code, ScopeSet scope, RightsList rights)
    {
        var source = tree.Find(row.NodeId)!;
        if (containment.Find(row.PrincipalId) is not { } principal)
            return;
        // The server's own account has every right, and the new pool has its own.
        if (principal.Type == PrincipalType.SystemUser)
        {
            rights.Lose(new(principal, asType, "SystemUserNeedsNone", source, Loses: false));
            return;
        }

        if (PrincipalTypes.IsFederated(principal.Type))
        {
            rights.Ask(RightsOptions.FederatedRoles);
            // A disabled person's right gives nothing; some keep it to see who was there. Federated groups have no row to hang it on.
            if (options.FederatedRoles == FederatedRoles.Keep && principal.Type != PrincipalType.FederatedGroup && asType != RoleType.Creator)
                rights.Add(new(principal, asType, "FederatedKept", source));
            else
                rights.Lose(new(principal, asType, "FederatedNoAccess", source, Loses: true));
            return;
        }

        if (IsTaken(principal))
        {
            rights.Lose(new(principal, asType, "UriTaken", source, Loses: true));
            return;
        }

        var narrowed = narrowing.Into(scope, principal);
        if (narrowed.IsUndecided)
            rights.Ask(RightsOptions.ScopeUndecided);
        foreach (var remaining in narrowed.Principals)
            rights.Add(new(remaining, asType, narrowed.IsUndecided ? "ScopeUndecidedKept" : remaining.Guid == principal.Guid ? code : "Narrowed", source));
        if (narrowed.Principals.Count > 0)
            return;
        // Whom the scope kept out before is nobody to admit.
        var canBeAdmitted = !narrowed.IsUndecided && row.HonorsScope != true && asType != RoleType.Creator;
        if (canBeAdmitted)
            rights.Ask(RightsOptions.OutOfScope);
        if (canBeAdmitted && options.OutOfScope == OutOfScope.Admit)
            rights.Add(new(principal, asType, "Admitted", source));
        else
            rights.Lose(new(principal, asType, narrowed.IsUndecided ? "ScopeUndecided" : "OutOfScope", source, row.HonorsScope != true));
    }

    // Thousands of rooms give the same people rights.
    private bool IsTaken(ChatPrincipal principal)
    {
        if (!_taken.TryGetValue(principal.PrincipalId, out var taken))
            _taken[principal.PrincipalId] = taken = uris.IsTaken(people.Of(principal));
        return taken;
    }
}
