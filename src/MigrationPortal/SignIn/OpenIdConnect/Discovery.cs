using System.Globalization;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>The provider cannot be read, or says something it must not.</summary>
internal sealed class ProviderUnavailableException(Wording reason, Exception? inner = null) : Exception(reason.In(CultureInfo.InvariantCulture), inner)
{
    public Wording Reason { get; } = reason;
}

/// <summary>
/// What the provider publishes about itself. The framework keeps it for half a day and reads it again for an unknown key, at most every
/// five minutes; what was read last holds while the provider is away, so that signed-in people never notice.
/// </summary>
internal sealed class Discovery(IOptionsMonitor<OpenIdConnectOptions> options, IOptions<AzureAdOptions> azure)
{
    public static ConfigurationManager<OpenIdConnectConfiguration> ManagerFor(string authority, HttpClient backchannel) => new(
        $"{authority}/.well-known/openid-configuration",
        new OwnNameOnly(authority),
        new HttpDocumentRetriever(backchannel) { RequireHttps = !IsHttp(authority) });

    public async Task<OpenIdConnectConfiguration> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await options.Get(Schemes.Entra).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // IDX20803 around IDX20804 around what happened.
            var cause = failure;
            while (cause is not ProviderUnavailableException && cause.InnerException is { } inner)
                cause = inner;
            throw cause as ProviderUnavailableException
                ?? new ProviderUnavailableException(new Wording("SignIn.ProviderUnread", azure.Value.EffectiveAuthority, cause.Message), failure);
        }
    }

    /// <summary>Cold and with the provider away, the authority is the issuer: discovery accepts no other name.</summary>
    public async Task<bool> IsIssuerAsync(string? issuer, CancellationToken cancellationToken)
    {
        try
        {
            return issuer == (await GetAsync(cancellationToken)).Issuer;
        }
        catch (ProviderUnavailableException)
        {
            return issuer?.TrimEnd('/') == azure.Value.EffectiveAuthority;
        }
    }

    private static bool IsHttp(string authority) => authority.StartsWith("http://", StringComparison.Ordinal);

    /// <summary>The handler would take any issuer that discovery names.</summary>
    private sealed class OwnNameOnly(string authority) : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, cancel);
            // AD FS says https://adfs.contoso.com/adfs for that authority; Entra ID names the tenant's GUID.
            if (read.Issuer?.TrimEnd('/') != authority)
                throw new ProviderUnavailableException(new Wording("SignIn.ProviderOtherName", authority, read.Issuer));
            Demand("authorization_endpoint", read.AuthorizationEndpoint);
            Demand("token_endpoint", read.TokenEndpoint);
            if (!string.IsNullOrEmpty(read.EndSessionEndpoint))
                Demand("end_session_endpoint", read.EndSessionEndpoint);
            return read;
        }

        // http only where the authority itself is (a loopback one in Development): no endpoint may be worse than what names it.
        private void Demand(string name, string? address)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || (uri.IsLoopback && IsHttp(authority))))
                throw new ProviderUnavailableException(address is null ? new Wording("SignIn.ProviderLacks", name) : new Wording("SignIn.ProviderNotHttps", name, address));
        }
    }
}
