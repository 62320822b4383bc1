using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.OpenIdConnect;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn;

/// <summary>A plain form: a circuit can neither set nor clear a cookie. The portal's session ends first, then the provider's.</summary>
internal static class SignOutForm
{
    public static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery, LiveSessions sessions, SessionTokens tokens)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.Redirect(Urls.SignIn);
        var session = (await context.AuthenticateAsync(Schemes.Session)).Principal?.FindNumber(CallerClaims.Session) is { } id
            ? await sessions.FindAsync(id, isSeen: false, now: false, context.RequestAborted)
            : null;
        await context.SignOutAsync(Schemes.Session);
        var provider = session is { Session.Method: SignInMethod.EntraId }
            ? await OidcSignIn.EndSessionUrlAsync(context, tokens.Unprotect(session.Session.IdToken))
            : null;
        return Results.Redirect(provider ?? Urls.SignIn);
    }
}
