using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
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
    public static async Task<IResult> FrameAsync(string? iss, string? sid, IOptions<SignInOptions> options, Provider provider, EndSessionsHandler ending, CancellationToken cancellationToken)
    {
        if (!options.Value.Has(SignInMethod.EntraId))
            return Results.NotFound();
        // One answer for all: whoever guesses learns nothing.
        if (sid is { Length: > 0 and <= ProviderClaims.LongestSession } && provider.IsIssuer(iss))
            await ending.EndByProviderAsync(sid, cancellationToken);
        return Results.Content("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>MigrationPortal</title></head><body></body></html>", "text/html; charset=utf-8");
    }

    /// <summary>Back-channel.</summary>
    public static async Task<IResult> TokenAsync(
        [FromForm(Name = "logout_token")] string? token, IOptions<SignInOptions> options, IOptions<AzureAdOptions> azure, Provider provider, EndSessionsHandler ending, TimeProvider time, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        if (!options.Value.Has(SignInMethod.EntraId))
            return Results.NotFound();
        TokenAnswer answer;
        try
        {
            var metadata = await provider.GetAsync(cancellationToken);
            answer = Judge(metadata);
            if (answer.IsKeyUnknown)
                answer = Judge(await provider.RefreshAsync(cancellationToken));
        }
        catch (ProviderUnavailableException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (answer.Claims is not { } claims)
        {
            LogRefused(logging.CreateLogger(typeof(ProviderSignOut)), answer.Refused!);
            return Results.Json(Invalid, statusCode: StatusCodes.Status400BadRequest);
        }

        await ending.EndByProviderAsync(ProviderClaims.SessionOf(claims)!, cancellationToken);
        return Results.Ok();

        TokenAnswer Judge(ProviderMetadata metadata) => LogoutToken.Validate(token, metadata.Keys, metadata.Issuer, azure.Value.ClientId!, time.GetUtcNow());
    }

    [LoggerMessage(LogLevel.Warning, "A logout_token is refused: {Reason}.")]
    private static partial void LogRefused(ILogger logger, string reason);
}
