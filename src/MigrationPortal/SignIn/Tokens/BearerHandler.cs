using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Development;
using MigrationPortal.SignIn.Hardening;

namespace MigrationPortal.SignIn.Tokens;

/// <summary>
/// <c>Authorization: Bearer mp_…</c>, and <c>dev-&lt;persona&gt;</c> while Development is the way to sign in. Challenges are answered by
/// the API's problems.
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<SignInOptions> signIn, LiveTokens tokens, TokenUse use, TokenGuesses guesses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const int LongestToken = 100;

    private bool _isTooMany;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Schemes.IsBearer(Request))
            return AuthenticateResult.NoResult();
        var token = Request.Headers.Authorization.ToString()[Schemes.BearerPrefix.Length..].Trim();
        return await FindAsync(token) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("Unknown API token.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = _isTooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private async Task<Caller?> FindAsync(string token)
    {
        if (token.StartsWith(Persona.TokenPrefix, StringComparison.Ordinal))
            return signIn.Value.IsDevelopment && Loopback.IsLocal(Context) ? Persona.Find(token[Persona.TokenPrefix.Length..])?.ToCaller() : null;
        if (token.Length > LongestToken || !token.StartsWith(ApiToken.Prefix, StringComparison.Ordinal))
            return null;
        if (guesses.AreTooMany(Context))
        {
            _isTooMany = true;
            return null;
        }

        if (await tokens.FindAsync(token, Context.RequestAborted) is { } live)
        {
            await use.RecordAsync(live, Context.Connection.RemoteIpAddress, Context.RequestAborted);
            return live.Caller;
        }

        guesses.Count(Context);
        await use.RecordRefusedAsync(token, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        return null;
    }
}
