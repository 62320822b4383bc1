using Microsoft.AspNetCore.Authentication.Cookies;
using MigrationPortal.App;

namespace MigrationPortal.SignIn;

internal static class SessionCookie
{
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "portal";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = SessionStateProvider.Lifetime;
        options.SlidingExpiration = false;
        options.LoginPath = Urls.SignIn;
        options.AccessDeniedPath = Urls.Denied;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = context => AnswerAsync(context.Response, context.RedirectUri, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context.Response, context.RedirectUri, StatusCodes.Status403Forbidden);
    }

    // A program is told no; only a person is led to a page.
    private static Task AnswerAsync(HttpResponse response, string page, int status)
    {
        if (Urls.IsForPrograms(response.HttpContext.Request.Path))
            response.StatusCode = status;
        else
            response.Redirect(page);
        return Task.CompletedTask;
    }
}
