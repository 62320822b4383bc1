using System.Security.Claims;

namespace MigrationPortal.SignIn;

/// <summary>A caller as claims and back. The claim names are the portal's own, so that no directory's names leak into the code.</summary>
internal static class CallerClaims
{
    public const string Name = "name";
    public const string DisplayName = "display_name";
    public const string Role = "role";

    public static Caller ToCaller(this ClaimsPrincipal principal) => new(
        principal.FindFirstValue(Name) ?? throw new InvalidOperationException("An unauthenticated request reached a use case."),
        principal.FindFirstValue(DisplayName) ?? principal.FindFirstValue(Name)!,
        principal.FindAll(Role).Select(claim => Enum.Parse<Role>(claim.Value)).ToHashSet());

    public static ClaimsPrincipal ToPrincipal(this Caller caller, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, Name, Role);
        identity.AddClaim(new Claim(Name, caller.Name));
        identity.AddClaim(new Claim(DisplayName, caller.DisplayName));
        identity.AddClaims(caller.Roles.Select(role => new Claim(Role, role.ToString())));
        return new ClaimsPrincipal(identity);
    }
}
