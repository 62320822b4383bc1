using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MigrationPortal.App;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn;

/// <summary>Plain forms: a circuit can neither set nor clear a cookie.</summary>
internal static class PersonaSignIn
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, [FromForm] string? persona, [FromForm] string? returnUrl, IOptions<SignInOptions> options, IAntiforgery antiforgery, TimeProvider time)
    {
        if (!options.Value.IsDevelopment || !Loopback.IsLocal(context))
            return Results.NotFound();
        if (!await antiforgery.IsRequestValidAsync(context) || Persona.Find(persona) is not { } known)
            return Results.Redirect(Urls.SignIn);

        var expires = time.GetUtcNow() + SessionStateProvider.Lifetime;
        var principal = known.ToCaller().ToPrincipal(Schemes.Session);
        ((ClaimsIdentity)principal.Identity!).AddClaim(SessionStateProvider.ExpiresAt(expires));
        await context.SignInAsync(Schemes.Session, principal, new AuthenticationProperties { ExpiresUtc = expires });
        return Results.LocalRedirect(ReturnUrl.Safe(returnUrl));
    }

    public static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (await antiforgery.IsRequestValidAsync(context))
            await context.SignOutAsync(Schemes.Session);
        return Results.Redirect(Urls.SignIn);
    }
}
