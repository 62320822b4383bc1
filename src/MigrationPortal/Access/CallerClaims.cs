using System.Globalization;
using System.Security.Claims;
using System.Text.Json;

namespace MigrationPortal.Access;

/// <summary>A caller as claims and back. The claim names are the portal's own, so that no directory's names leak into the code.</summary>
internal static class CallerClaims
{
    public const string Name = "name";
    public const string DisplayName = "display_name";
    public const string Role = "role";
    public const string Person = "person";
    public const string Session = "session";

    private const string Token = "token";
    // What the framework binds forms to; by all claims, a form would be worth nothing once rights change.
    private const string Subject = "sub";
    private const string Grants = "grants";

    public static Caller ToCaller(this ClaimsPrincipal principal)
    {
        var name = principal.FindFirstValue(Name) ?? throw new InvalidOperationException("An unauthenticated request reached a use case.");
        var grants = JsonSerializer.Deserialize<List<Grant>>(principal.FindFirstValue(Grants) ?? "[]")!;
        return Caller.Of(name, principal.FindFirstValue(DisplayName) ?? name, grants) with
        {
            PersonId = principal.FindNumber(Person),
            SessionId = principal.FindNumber(Session),
            TokenId = principal.FindNumber(Token),
        };
    }

    public static ClaimsPrincipal ToPrincipal(this Caller caller, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, Name, Role);
        identity.AddClaim(new Claim(Name, caller.Name));
        identity.AddClaim(new Claim(Subject, caller.Name));
        identity.AddClaim(new Claim(DisplayName, caller.DisplayName));
        identity.AddClaim(new Claim(Grants, JsonSerializer.Serialize(caller.Grants)));
        identity.AddClaims(caller.Roles.Order().Select(role => new Claim(Role, role.ToString())));
        identity.AddNumber(Person, caller.PersonId);
        identity.AddNumber(Session, caller.SessionId);
        identity.AddNumber(Token, caller.TokenId);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Whether both say the same of the same person; a page need not change when they do.</summary>
    public static bool SaysTheSame(this ClaimsPrincipal principal, ClaimsPrincipal other) =>
        principal.FindFirstValue(Grants) == other.FindFirstValue(Grants) && principal.FindFirstValue(DisplayName) == other.FindFirstValue(DisplayName);

    public static long? FindNumber(this ClaimsPrincipal principal, string claim) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void AddNumber(this ClaimsIdentity identity, string claim, long? number)
    {
        if (number is { } value)
            identity.AddClaim(new Claim(claim, value.ToString(CultureInfo.InvariantCulture)));
    }
}
