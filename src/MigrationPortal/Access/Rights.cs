using MigrationPortal.Engine;

namespace MigrationPortal.Access;

/// <summary>The one place that says no for want of a role. Called by use cases, and by pages to explain a disabled button.</summary>
internal static class Rights
{
    /// <param name="doing">What was asked for: the variant of the refusal's sentence, e.g. <c>approve-plan</c>.</param>
    public static Refusal? Require(Caller caller, Role role, string doing) => RequireAny(caller, doing, role);

    public static Refusal? RequireAny(Caller caller, string doing, params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (caller.Has(role))
                return null;
        }

        return new Refusal($"not-allowed.{doing}", RefusalKind.NotAllowed, Any(roles), Held(caller));
    }

    /// <summary>Whether one of the roles reaches the whole pool pair, or every one of these categories of it.</summary>
    /// <param name="categories">Null asks for the whole pool pair.</param>
    public static Refusal? RequireThere(Caller caller, string doing, Role[] roles, string poolPairId, IReadOnlyCollection<string>? categories)
    {
        if (RequireAny(caller, doing, roles) is { } refusal)
            return refusal;
        var grants = caller.Grants.Where(grant => roles.Contains(grant.Role)).ToList();
        var outside = categories is null
            ? grants.Exists(grant => grant.Covers(poolPairId, null)) ? null : new Wording("Scope.Pair", poolPairId)
            : categories.FirstOrDefault(category => !grants.Exists(grant => grant.Covers(poolPairId, category))) is { } unreached ? Wording.OfText(unreached) : null;
        return outside is null
            ? null
            : new Refusal("out-of-scope", RefusalKind.NotAllowed, outside, grants.Select(grant => grant.ToWording()));
    }

    /// <summary>Whether one of the roles holds for the whole pool pair, or without any bound.</summary>
    /// <param name="poolPairId">Null asks for all pool pairs, those to come as well.</param>
    /// <param name="bounded">The refusal of somebody whose role has bounds where none may be.</param>
    public static Refusal? RequireWhole(Caller caller, string doing, Role[] roles, string? poolPairId, string bounded)
    {
        if (poolPairId is not null)
            return RequireThere(caller, doing, roles, poolPairId, null);
        if (RequireAny(caller, doing, roles) is { } refusal)
            return refusal;
        return caller.Grants.Any(grant => roles.Contains(grant.Role) && grant.IsEverywhere) ? null : new Refusal(bounded, RefusalKind.NotAllowed, caller.DisplayName);
    }

    /// <summary>Whether one of the roles reaches any part of the pool pair; which part, is asked where the rooms are known.</summary>
    /// <param name="poolPairId">Null, where a page shows none: whether a role is held anywhere.</param>
    public static Refusal? RequireIn(Caller caller, string doing, string? poolPairId, params ReadOnlySpan<Role> roles)
    {
        if (RequireAny(caller, doing, roles) is { } refusal)
            return refusal;
        if (poolPairId is null)
            return null;
        foreach (var role in roles)
        {
            if (HasIn(caller, role, poolPairId))
                return null;
        }

        return new Refusal("out-of-scope", RefusalKind.NotAllowed, new Wording("Scope.Pair", poolPairId), caller.Grants.Select(grant => grant.ToWording()));
    }

    /// <summary>The whole pool pair, or some of its categories.</summary>
    public static bool HasIn(Caller caller, Role role, string poolPairId) => caller.Grants.Any(grant => grant.Role == role && (grant.PoolPairId is null || grant.PoolPairId == poolPairId));

    /// <summary>Everywhere, then nothing needs to be looked up.</summary>
    public static bool Reaches(Caller caller, string poolPairId, params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (caller.Grants.Any(grant => grant.Role == role && grant.Covers(poolPairId, null)))
                return true;
        }

        return false;
    }

    /// <summary>"Planner", "Planner or Approver".</summary>
    public static Wording Any(ReadOnlySpan<Role> roles)
    {
        var any = Of(roles[0]);
        foreach (var role in roles[1..])
            any = new Wording("List.Or", any, role);
        return any;
    }

    private static Wording Of(Role role) => new($"Role.{role}");

    private static object Held(Caller caller) => caller.Roles.Count == 0 ? new Wording("Role.None") : caller.Roles.Order().Select(Of);
}
