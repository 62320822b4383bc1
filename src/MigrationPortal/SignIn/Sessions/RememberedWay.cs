using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>Which way this browser came in last, so that the page offers it first. It is no secret and decides nothing.</summary>
internal static class RememberedWay
{
    private const string Cookie = "way";

    public static SignInMethod? Of(HttpContext? context) =>
        Enum.GetNames<SignInMethod>().Contains(context?.Request.Cookies[Cookie], StringComparer.Ordinal) ? Enum.Parse<SignInMethod>(context!.Request.Cookies[Cookie]!) : null;

    public static void Keep(HttpContext context, SignInMethod method) => context.Response.Cookies.Append(Cookie, $"{method}", Lasting(context));

    public static CookieOptions Lasting(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromDays(365),
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
