using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>The answer itself is none that this portal asked for.</summary>
internal sealed class ProviderAnswerException(Wording reason) : Exception(reason.In(System.Globalization.CultureInfo.InvariantCulture))
{
    public Wording Reason { get; } = reason;
}

/// <summary>Why a sign-in or a token was refused, in words for the log and the audit: the library's sentences begin with codes and quote what was sent.</summary>
internal static class ProviderRefusals
{
    private const int Longest = 300;

    public static Wording Sentence(Exception? failure) => failure switch
    {
        null => new("SignIn.NoReason"),
        ProviderUnavailableException unavailable => unavailable.Reason,
        ProviderAnswerException refused => refused.Reason,
        HttpRequestException or OperationCanceledException => new("SignIn.ProviderSilent"),
        SecurityTokenException or OpenIdConnectProtocolException { Data.Count: 0 } or ArgumentException => Reason(failure),
        // The handler keeps the answer's parts here: {"error":"invalid_grant","error_description":"…"}; the description may quote what was sent.
        OpenIdConnectProtocolException refused => refused.Data["error"] is string error ? new("SignIn.ProviderRefused", Short(error)) : new("SignIn.NoReason"),
        // The framework's own sentence is English in every language: "Correlation failed."
        AuthenticationFailureException framework => Wording.OfText(Short(framework.Message)),
        _ => new("SignIn.AnswerUnusable", failure.GetType().Name),
    };

    /// <summary>What is wrong with a token.</summary>
    public static Wording Reason(Exception? failure) => failure is ProviderTokenRefusedException refused ? refused.Reason : new($"SignIn.Token.{KindOf(failure)}");

    private static string KindOf(Exception? failure) => failure switch
    {
        SecurityTokenSignatureKeyNotFoundException => "KeyUnknown",
        SecurityTokenInvalidSigningKeyException => "KeyWeak",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => "Signature",
        SecurityTokenInvalidIssuerException => "Issuer",
        SecurityTokenInvalidAudienceException => "Audience",
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException or SecurityTokenExpiredException => "Lifetime",
        OpenIdConnectProtocolInvalidNonceException => "Nonce",
        OpenIdConnectProtocolInvalidAtHashException => "AccessHash",
        OpenIdConnectProtocolException => "Incomplete",
        _ => "Unreadable",
    };

    private static string Short(string text) => text.Length > Longest ? text[..Longest] : text;
}
