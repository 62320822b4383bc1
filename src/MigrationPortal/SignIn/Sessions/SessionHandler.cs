using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>The session cookie: a random key, looked up at each request. Ways to sign in write it through <see cref="OpenSessionHandler"/>.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, LiveSessions sessions, EndSessionsHandler ending)
    : SignOutAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    // What Secret.New makes; anything longer is no key of ours and is not worth a question to the database.
    private const int KeyLength = 43;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[SessionCookie.NameFor(Context)] is not { Length: KeyLength } key)
            return AuthenticateResult.NoResult();
        if (await sessions.FindAsync(key, Context.RequestAborted) is not { } live)
            return AuthenticateResult.Fail("The session is over.");
        var properties = new AuthenticationProperties { ExpiresUtc = live.Session.ExpiresAt };
        return AuthenticateResult.Success(new AuthenticationTicket(live.Caller.ToPrincipal(Scheme.Name), properties, Scheme.Name));
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if (await HandleAuthenticateOnceSafeAsync() is { Principal: { } principal })
            await ending.SignOutAsync(principal.ToCaller(), Context.RequestAborted);
        Response.Cookies.Delete(SessionCookie.NameFor(Context), SessionCookie.OptionsFor(Context));
    }

    // A program is told no; only a person is led to a page.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        AnswerAsync(StatusCodes.Status401Unauthorized, () => Urls.SignInAgain($"{OriginalPath}{Request.QueryString}"));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AnswerAsync(StatusCodes.Status403Forbidden, () => Urls.Denied);

    private Task AnswerAsync(int status, Func<string> page)
    {
        if (Urls.IsForPrograms(Request.Path))
            Response.StatusCode = status;
        else
            Response.Redirect(page());
        return Task.CompletedTask;
    }
}
