using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn;

/// <summary>Bearer <c>dev-&lt;persona&gt;</c>, while Development is the way to sign in. Challenges are answered by the API's problems.</summary>
internal sealed class DevelopmentTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IOptions<SignInOptions> signIn) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Schemes.BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());

        var token = header[Schemes.BearerPrefix.Length..].Trim();
        var persona = token.StartsWith(Persona.TokenPrefix, StringComparison.Ordinal) ? Persona.Find(token[Persona.TokenPrefix.Length..]) : null;
        if (persona is null || !signIn.Value.IsDevelopment || !Loopback.IsLocal(Context))
            return Task.FromResult(AuthenticateResult.Fail("Unknown API token."));

        var principal = persona.ToCaller().ToPrincipal(Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
