using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.OpenIdConnect;

internal static class OpenIdConnectSetup
{
    private const int LargestAnswer = 1024 * 1024;

    public static AuthenticationBuilder AddOpenIdConnect(this AuthenticationBuilder authentication)
    {
        var services = authentication.Services;
        services.AddHttpClient(Provider.HttpClientName, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = LargestAnswer;
        });
        services.AddSingleton<Provider>();
        services.AddSingleton<IConfigureOptions<OidcOptions>, FromSettings>();
        return authentication.AddOAuth<OidcOptions, OidcHandler>(Schemes.Entra, _ => { });
    }

    private sealed class FromSettings(IOptions<AzureAdOptions> azure, ConfiguredMethods methods, IHostEnvironment environment) : IConfigureNamedOptions<OidcOptions>
    {
        // The base demands these three; the endpoints come from the provider, and with a certificate there is no secret.
        private const string Unused = "https://unused.invalid/";

        public void Configure(OidcOptions options) => Configure(Schemes.Entra, options);

        public void Configure(string? name, OidcOptions options)
        {
            var settings = methods.Has(SignInMethod.EntraId) ? azure.Value : new AzureAdOptions { ClientId = "none" };
            options.ClientId = settings.ClientId!;
            options.ClientSecret = string.IsNullOrEmpty(settings.ClientSecret) ? "none" : settings.ClientSecret;
            options.AuthorizationEndpoint = Unused;
            options.TokenEndpoint = Unused;
            options.CallbackPath = settings.CallbackPath;
            options.UsePkce = true;
            options.SaveTokens = false;
            options.BackchannelTimeout = TimeSpan.FromSeconds(10);
            options.Scope.Clear();
            foreach (var scope in new[] { "openid", "profile" })
                options.Scope.Add(scope);
            // The answer is a top-level GET: Lax comes along, and no third-party cookie is needed.
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            options.Events = new OAuthEvents { OnTicketReceived = OidcSignIn.ReceiveAsync, OnRemoteFailure = OidcSignIn.FailAsync };
        }
    }
}
