namespace MigrationPortal.SignIn.Sessions;

internal static class SessionCookie
{
    /// <summary>
    /// <c>__Host-</c>: the browser takes it over https alone, for this host alone. Development may be plain http, where no browser
    /// would keep such a cookie.
    /// </summary>
    public static string NameFor(HttpContext context) => IsPlain(context) ? "portal" : "__Host-portal";

    /// <summary>Lax, not Strict: coming back from the identity provider, or by a link in a mail, one is still signed in.</summary>
    public static CookieOptions OptionsFor(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = !IsPlain(context),
    };

    private static bool IsPlain(HttpContext context) =>
        !context.Request.IsHttps && context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
}
