using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using MigrationPortal.App;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>The way to the provider, back from it, and out through it.</summary>
internal static class OidcSignIn
{
    public static async Task<IResult> BeginAsync(HttpContext context, string? returnUrl, IOptions<SignInOptions> options, SignInLog log)
    {
        if (!options.Value.Has(SignInMethod.EntraId))
            return Results.NotFound();
        try
        {
            await context.ChallengeAsync(Schemes.Entra, new AuthenticationProperties { RedirectUri = ReturnUrl.Safe(returnUrl) });
            return Results.Empty;
        }
        catch (ProviderUnavailableException failure)
        {
            log.Unavailable(SignInMethod.EntraId, failure);
            return Results.Redirect(Urls.SignInFailed(SignInFailure.Unavailable, returnUrl));
        }
    }

    public static async Task ReceiveAsync(TicketReceivedContext received)
    {
        var open = received.HttpContext.RequestServices.GetRequiredService<OpenSessionHandler>();
        var claims = (JsonElement)received.Properties!.Parameters[nameof(ProviderClaims)]!;
        await open.HandleAsync(received.HttpContext, ProviderClaims.ToPerson(claims), SignInMethod.EntraId, received.Properties.Items[OidcHandler.IdTokenItem], ProviderClaims.SessionOf(claims));
        received.Response.Redirect(ReturnUrl.Safe(received.ReturnUri));
        received.HandleResponse();
    }

    public static async Task FailAsync(RemoteFailureContext failed)
    {
        var log = failed.HttpContext.RequestServices.GetRequiredService<SignInLog>();
        var failure = failed.Failure is ProviderUnavailableException or HttpRequestException ? SignInFailure.Unavailable : SignInFailure.Refused;
        await log.RefusedAsync(failed.HttpContext, SignInMethod.EntraId, null, failed.Failure?.Message ?? "no reason given");
        failed.Response.Redirect(Urls.SignInFailed(failure, null));
        failed.HandleResponse();
    }

    /// <summary>Where the provider ends its own session and sends the browser back; null when it offers no such place.</summary>
    public static async Task<string?> EndSessionUrlAsync(HttpContext context, string? idToken)
    {
        var azure = context.RequestServices.GetRequiredService<IOptions<AzureAdOptions>>().Value;
        try
        {
            var metadata = await context.RequestServices.GetRequiredService<Provider>().GetAsync(context.RequestAborted);
            return metadata.EndSessionEndpoint is not { } endpoint ? null : QueryHelpers.AddQueryString(endpoint, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["client_id"] = azure.ClientId,
                ["post_logout_redirect_uri"] = $"{context.Request.Scheme}://{context.Request.Host}{azure.SignedOutCallbackPath}",
                ["id_token_hint"] = idToken,
            }.Where(x => x.Value is not null));
        }
        catch (ProviderUnavailableException)
        {
            return null;
        }
    }
}
