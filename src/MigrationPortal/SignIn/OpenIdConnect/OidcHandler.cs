using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.OpenIdConnect;

internal sealed class OidcOptions : OAuthOptions;

/// <summary>
/// OpenID Connect, code flow with PKCE, over the framework's OAuth handler: that one protects the state and ties the answer to the
/// browser that asked; the nonce, the exchange and the judgement of the id_token are here.
/// </summary>
internal sealed partial class OidcHandler(
    IOptionsMonitor<OidcOptions> options, ILoggerFactory logger, UrlEncoder encoder, Provider provider, IOptions<SignInOptions> signIn, IOptions<AzureAdOptions> azure)
    : OAuthHandler<OidcOptions>(options, logger, encoder)
{
    public const string IdTokenItem = ".id_token";

    private const string NonceItem = ".nonce";

    private ProviderMetadata? _metadata;

    public override async Task<bool> ShouldHandleRequestAsync() => signIn.Value.Has(SignInMethod.EntraId) && await base.ShouldHandleRequestAsync();

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        _metadata = await provider.GetAsync(Context.RequestAborted);
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        // Before the base protects the properties: the nonce travels in the state.
        properties.Items[NonceItem] = nonce;
        var query = new Uri(base.BuildChallengeUrl(properties, redirectUri)).Query;
        var endpoint = _metadata!.AuthorizationEndpoint;
        return QueryHelpers.AddQueryString(
            $"{endpoint}{(endpoint.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query.TrimStart('?')}",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["nonce"] = nonce, ["response_mode"] = "query" });
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        _metadata = await provider.GetAsync(Context.RequestAborted);
        // RFC 9207: an answer that says from whom it is must be from the one that was asked.
        if (Request.Query.TryGetValue("iss", out var issuer) && issuer != _metadata.Issuer)
            return HandleRequestResult.Fail("The answer is from another issuer.");
        return await base.HandleRemoteAuthenticateAsync();
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Options.ClientId,
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier) && verifier is not null)
            form[OAuthConstants.CodeVerifierKey] = verifier;
        if (azure.Value.ClientCertificates is [var certificate, ..])
        {
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            form["client_assertion"] = ClientAssertion.Make(certificate, Options.ClientId, _metadata!.TokenEndpoint, TimeProvider.GetUtcNow());
        }
        else
        {
            form["client_secret"] = Options.ClientSecret;
        }

        using var content = new FormUrlEncodedContent(form);
        using var response = await Backchannel.PostAsync(new Uri(_metadata!.TokenEndpoint), content, Context.RequestAborted);
        var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Context.RequestAborted));
        if (response.IsSuccessStatusCode)
            return OAuthTokenResponse.Success(body);
        // {"error":"invalid_grant","error_description":"…"}: these two and never the body, which may quote what was sent.
        using (body)
        {
            var error = body.RootElement.TryGetProperty("error", out var code) ? code.ToString() : $"{(int)response.StatusCode}";
            return OAuthTokenResponse.Failed(new AuthenticationFailureException($"The provider refused the code: {error}."));
        }
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var token = tokens.Response!.RootElement.TryGetProperty("id_token", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        var expected = new ExpectedToken(
            _metadata!.Issuer, Options.ClientId, properties.Items.TryGetValue(NonceItem, out var nonce) ? nonce! : "", azure.Value.Tenant, tokens.AccessToken);
        if (expected.Nonce.Length == 0)
            throw new AuthenticationFailureException("The sign-in has lost its nonce.");
        var answer = IdToken.Validate(token, _metadata.Keys, expected, TimeProvider.GetUtcNow());
        if (answer.IsKeyUnknown)
        {
            _metadata = await provider.RefreshAsync(Context.RequestAborted);
            answer = IdToken.Validate(token, _metadata.Keys, expected, TimeProvider.GetUtcNow());
        }

        if (answer.Claims is not { } claims)
            throw new AuthenticationFailureException($"The id_token is refused: {answer.Refused}.");
        if (ProviderClaims.HasTooManyGroups(claims))
            LogTooManyGroups(Logger);
        properties.Items[IdTokenItem] = token;
        properties.Items.Remove(NonceItem);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name) { Properties = { Parameters = { [nameof(ProviderClaims)] = claims } } };
    }

    [LoggerMessage(LogLevel.Warning, "Somebody is in more groups than a token holds, so that none of them counts; assign app roles to groups in Entra ID instead.")]
    private static partial void LogTooManyGroups(ILogger logger);
}
