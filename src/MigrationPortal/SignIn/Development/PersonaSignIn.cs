using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.Development;

/// <summary>A plain form: a circuit can neither set nor clear a cookie.</summary>
internal static class PersonaSignIn
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, [FromForm] string? persona, [FromForm] string? returnUrl, IOptions<SignInOptions> options, IAntiforgery antiforgery, OpenSessionHandler open)
    {
        if (!options.Value.IsDevelopment || !Loopback.IsLocal(context))
            return Results.NotFound();
        if (!await antiforgery.IsRequestValidAsync(context) || Persona.Find(persona) is not { } known)
            return Results.Redirect(Urls.SignIn);
        await open.HandleAsync(context, known.ToProven(), SignInMethod.Development);
        return Results.LocalRedirect(ReturnUrl.Safe(returnUrl));
    }
}
