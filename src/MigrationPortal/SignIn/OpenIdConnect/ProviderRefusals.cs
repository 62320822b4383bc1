using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>Why a sign-in or a token was refused, in words for the log and the audit: the library's sentences begin with codes and quote what was sent.</summary>
internal static class ProviderRefusals
{
    private const int Longest = 300;

    public static string Sentence(Exception? failure) => failure switch
    {
        null => "The provider gave no reason.",
        ProviderUnavailableException unavailable => unavailable.Message,
        HttpRequestException or OperationCanceledException => "The provider did not answer.",
        SecurityTokenException or OpenIdConnectProtocolException { Data.Count: 0 } or ArgumentException => $"The id_token is refused: {Reason(failure)}.",
        // The handler keeps the answer's parts here: {"error":"invalid_grant","error_description":"…"}; the description may quote what was sent.
        OpenIdConnectProtocolException refused => $"The provider refused: {Short(refused.Data["error"] as string ?? "no reason given")}.",
        AuthenticationFailureException framework => Short(framework.Message),
        _ => $"The answer could not be used ({failure.GetType().Name}).",
    };

    /// <summary>What is wrong with a token, as the rest of a sentence.</summary>
    public static string Reason(Exception? failure) => failure switch
    {
        ProviderTokenRefusedException refused => refused.Message,
        SecurityTokenSignatureKeyNotFoundException => "it names no key of the provider's",
        SecurityTokenInvalidSigningKeyException => "its key is too weak",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => "its signature is missing or wrong, or its algorithm is none of RS256, PS256, ES256",
        SecurityTokenInvalidIssuerException => "it is from another issuer",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException or SecurityTokenExpiredException => "it has expired, is not valid yet, or does not say when",
        OpenIdConnectProtocolInvalidNonceException => "it is not for this sign-in (nonce)",
        OpenIdConnectProtocolInvalidAtHashException => "its at_hash is not that of the access token",
        OpenIdConnectProtocolException => "it is missing, or lacks a claim that OpenID Connect demands",
        _ => "it cannot be read: it is not three parts of strict base64url, a part is not one JSON object, a claim is of the wrong type, or it is too long",
    };

    private static string Short(string text) => text.Length > Longest ? text[..Longest] : text;
}
