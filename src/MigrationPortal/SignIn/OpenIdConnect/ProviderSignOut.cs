using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>
/// Somebody signed out at the provider, here or at another of its applications: the provider says so through the person's browser, by
/// an invisible frame (GET), or by itself, with a signed token (POST). Only sessions that came by that provider's session end.
/// </summary>
internal static partial class ProviderSignOut
{
    // {"error":"invalid_request"}, as the provider reads it.
    private static readonly object Invalid = new { error = "invalid_request" };

    /// <summary>Front-channel. The frame is another site's, so no cookie comes along: the provider's own name for the session is all there is.</summary>
    public static async Task<IResult> FrameAsync(string? iss, string? sid, IOptions<SignInOptions> options, Discovery discovery, EndSessionsHandler ending, CancellationToken cancellationToken)
    {
        if (!options.Value.Has(SignInMethod.EntraId))
            return Results.NotFound();
        // One answer for all: whoever guesses learns nothing.
        if (sid is { Length: > 0 and <= ProviderClaims.LongestSession } && await discovery.IsIssuerAsync(iss, cancellationToken))
            await ending.EndByProviderAsync(sid, cancellationToken);
        return Results.Content("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>MigrationPortal</title></head><body></body></html>", "text/html; charset=utf-8");
    }

    /// <summary>Back-channel.</summary>
    public static async Task<IResult> TokenAsync(
        [FromForm(Name = "logout_token")] string? token, IOptions<SignInOptions> signIn, IOptionsMonitor<OpenIdConnectOptions> options, Discovery discovery, EndSessionsHandler ending, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        if (!signIn.Value.Has(SignInMethod.EntraId))
            return Results.NotFound();
        try
        {
            await discovery.GetAsync(cancellationToken);
        }
        catch (ProviderUnavailableException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var provider = options.Get(Schemes.Entra);
        var parameters = provider.TokenValidationParameters.Clone();
        // Its keys are read again for a token that names another one.
        parameters.ConfigurationManager = (BaseConfigurationManager)provider.ConfigurationManager!;
        var answer = await ((ProviderTokens)provider.TokenHandler).ValidateLogoutTokenAsync(token, parameters);
        if (!answer.IsValid)
        {
            LogRefused(logging.CreateLogger(typeof(ProviderSignOut)), ProviderRefusals.Reason(answer.Exception).In(CultureInfo.InvariantCulture));
            return Results.Json(Invalid, statusCode: StatusCodes.Status400BadRequest);
        }

        await ending.EndByProviderAsync(ProviderClaims.SessionOf(new ClaimsPrincipal(answer.ClaimsIdentity))!, cancellationToken);
        return Results.Ok();
    }

    [LoggerMessage(LogLevel.Warning, "A logout_token is refused: {Reason}.")]
    private static partial void LogRefused(ILogger logger, string reason);
}
