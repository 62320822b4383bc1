using MigrationPortal.Engine;

namespace MigrationPortal.SignIn;

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

    private static string Names(Caller caller) => caller.Roles.Count == 0 ? "without a role" : string.Join(", ", caller.Roles.Order());
}
