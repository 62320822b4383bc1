using MigrationPortal.Engine;

namespace MigrationPortal.Access;

/// <summary>The one place that says no for want of a role. Called by use cases, and by pages to explain a disabled button.</summary>
internal static class Rights
{
    /// <param name="doing">What was asked for, as the start of a sentence: "Approving a plan".</param>
    public static Refusal? Require(Caller caller, Role role, string doing) => RequireAny(caller, doing, role);

    public static Refusal? RequireAny(Caller caller, string doing, params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (caller.Has(role))
                return null;
        }

        var needed = string.Join(" or ", roles.ToArray());
        return new Refusal("not-allowed", $"{doing} needs {needed}. {caller.DisplayName} is {Names(caller)}.", RefusalKind.NotAllowed);
    }

    /// <summary>Whether one of the roles reaches the whole pool pair, or every one of these categories of it.</summary>
    /// <param name="categories">Null asks for the whole pool pair.</param>
    public static Refusal? RequireThere(Caller caller, string doing, Role[] roles, string poolPairId, IReadOnlyCollection<string>? categories)
    {
        if (RequireAny(caller, doing, roles) is { } refusal)
            return refusal;
        var grants = caller.Grants.Where(grant => roles.Contains(grant.Role)).ToList();
        var outside = categories is null
            ? grants.Exists(grant => grant.Covers(poolPairId, null)) ? null : $"all of {poolPairId}"
            : categories.FirstOrDefault(category => !grants.Exists(grant => grant.Covers(poolPairId, category)));
        return outside is null
            ? null
            : new Refusal("out-of-scope", $"{doing} reaches {outside}; {caller.DisplayName} is {string.Join(", ", grants)}.", RefusalKind.NotAllowed);
    }

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

    private static string Names(Caller caller) => caller.Roles.Count == 0 ? "without a role" : string.Join(", ", caller.Roles.Order());
}
