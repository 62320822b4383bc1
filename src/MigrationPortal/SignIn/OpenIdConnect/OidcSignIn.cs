using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Hardening;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>The way to the provider, back from it, and out through it.</summary>
internal static partial class OidcSignIn
{
    private const string IdToken = "id_token";

    public static async Task<IResult> BeginAsync(HttpContext context, string? returnUrl, IOptions<SignInOptions> options, Discovery discovery, SignInLog log)
    {
        if (!options.Value.Has(SignInMethod.EntraId))
            return Results.NotFound();
        try
        {
            await discovery.GetAsync(context.RequestAborted);
            await context.ChallengeAsync(Schemes.Entra, new AuthenticationProperties { RedirectUri = ReturnUrl.Safe(returnUrl) });
            return Results.Empty;
        }
        catch (ProviderUnavailableException failure)
        {
            log.Unavailable(SignInMethod.EntraId, failure);
            return Results.Redirect(Urls.SignInFailed(SignInFailure.Unavailable, returnUrl));
        }
    }

    /// <summary>The answer is a GET, and one that says from whom it is (RFC 9207) is from the one that was asked.</summary>
    public static async Task AnswerAsync(MessageReceivedContext received)
    {
        var discovery = received.HttpContext.RequestServices.GetRequiredService<Discovery>();
        if (!HttpMethods.IsGet(received.Request.Method))
            received.Fail(new ProviderAnswerException(new Wording("SignIn.AnswerNotGet")));
        else if (received.Request.Query.TryGetValue("iss", out var issuer) && issuer != (await discovery.GetAsync(received.HttpContext.RequestAborted)).Issuer)
            received.Fail(new ProviderAnswerException(new Wording("SignIn.AnswerOtherIssuer")));
    }

    public static async Task RedeemAsync(AuthorizationCodeReceivedContext received)
    {
        var services = received.HttpContext.RequestServices;
        if (services.GetRequiredService<IOptions<AzureAdOptions>>().Value.ClientCertificates is not [var certificate, ..])
            return;
        var provider = await services.GetRequiredService<Discovery>().GetAsync(received.HttpContext.RequestAborted);
        received.TokenEndpointRequest!.ClientAssertionType = ClientAssertion.Type;
        received.TokenEndpointRequest.ClientAssertion =
            ClientAssertion.Make(certificate, received.Options.ClientId!, provider.TokenEndpoint, services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    /// <summary>For the provider's own sign-out; the handler would keep it in a cookie.</summary>
    public static Task KeepTokenAsync(TokenValidatedContext validated)
    {
        validated.Properties!.SetParameter(IdToken, validated.TokenEndpointResponse?.IdToken);
        return Task.CompletedTask;
    }

    public static async Task ReceiveAsync(TicketReceivedContext received)
    {
        var services = received.HttpContext.RequestServices;
        var token = received.Principal!;
        if (ProviderClaims.HasTooManyGroups(token))
            LogTooManyGroups(services.GetRequiredService<ILogger<Discovery>>());
        var open = services.GetRequiredService<OpenSessionHandler>();
        await open.HandleAsync(received.HttpContext, ProviderClaims.ToPerson(token), SignInMethod.EntraId, received.Properties!.GetParameter<string>(IdToken), ProviderClaims.SessionOf(token));
        received.Response.Redirect(ReturnUrl.Safe(received.ReturnUri));
        received.HandleResponse();
    }

    public static async Task FailAsync(RemoteFailureContext failed)
    {
        var log = failed.HttpContext.RequestServices.GetRequiredService<SignInLog>();
        var failure = failed.Failure is ProviderUnavailableException or HttpRequestException or OperationCanceledException ? SignInFailure.Unavailable : SignInFailure.Refused;
        var isKept = failed.HttpContext.RequestServices.GetRequiredService<RefusedAnswers>().IsKept(failed.HttpContext);
        await log.RefusedAsync(failed.HttpContext, SignInMethod.EntraId, null, ProviderRefusals.Sentence(failed.Failure), isKept);
        failed.Response.Redirect(Urls.SignInFailed(failure, null));
        failed.HandleResponse();
    }

    /// <summary>Where the provider ends its own session and sends the browser back; null when it offers no such place.</summary>
    public static async Task<string?> EndSessionUrlAsync(HttpContext context, string? idToken)
    {
        var azure = context.RequestServices.GetRequiredService<IOptions<AzureAdOptions>>().Value;
        try
        {
            var provider = await context.RequestServices.GetRequiredService<Discovery>().GetAsync(context.RequestAborted);
            return string.IsNullOrEmpty(provider.EndSessionEndpoint) ? null : QueryHelpers.AddQueryString(provider.EndSessionEndpoint, new Dictionary<string, string?>(StringComparer.Ordinal)
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

    [LoggerMessage(LogLevel.Warning, "Somebody is in more groups than a token holds, so that none of them counts; assign app roles to groups in Entra ID instead.")]
    private static partial void LogTooManyGroups(ILogger logger);
}
