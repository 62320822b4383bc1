using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using MigrationPortal.App;

namespace MigrationPortal.SignIn;

/// <summary>A plain form: a circuit can neither set nor clear a cookie.</summary>
internal static class SignOutForm
{
    public static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (await antiforgery.IsRequestValidAsync(context))
            await context.SignOutAsync(Schemes.Session);
        return Results.Redirect(Urls.SignIn);
    }
}
