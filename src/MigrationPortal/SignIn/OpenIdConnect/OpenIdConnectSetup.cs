using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.OpenIdConnect;

/// <summary>
/// Entra ID by Microsoft.Identity.Web; AD FS by the framework's handler, because Identity.Web appends <c>/v2.0</c> to every authority
/// (AzureAD/microsoft-identity-web#2509). Both get the same tightening, and both end in the portal's own session.
/// </summary>
internal static class OpenIdConnectSetup
{
    private const string HttpClientName = "OpenIdConnect";
    private const int LargestAnswer = 1024 * 1024;

    /// <summary>Adds the scheme only where it is configured: with an incomplete one, every request of every page would fail.</summary>
    public static AuthenticationBuilder AddProvider(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var services = authentication.Services;
        services.AddSingleton<Discovery>();
        if (!ConfiguredMethods.IsNamed(configuration, SignInMethod.EntraId))
            return authentication;

        // A token with a new key waits for the keys to be read, instead of being refused while they are (identitymodel#3192).
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        services.AddHttpClient(HttpClientName, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = LargestAnswer;
        });
        if (string.IsNullOrWhiteSpace(configuration[$"{AzureAdOptions.Section}:{nameof(AzureAdOptions.Authority)}"]))
        {
            authentication.AddMicrosoftIdentityWebApp(_ => { }, openIdConnectScheme: Schemes.Entra, cookieScheme: null);
            // Never bound to the section: its keys are OpenIdConnectOptions' too, and would switch checks off.
            services.AddOptions<MicrosoftIdentityOptions>(Schemes.Entra).Configure<IOptions<AzureAdOptions>>((o, azure) =>
                (o.Instance, o.TenantId, o.ClientId) = (azure.Value.Instance, azure.Value.TenantId, azure.Value.ClientId));
        }
        else
        {
            authentication.AddOpenIdConnect(Schemes.Entra, _ => { });
        }

        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, Tightening>();
        return authentication;
    }

    private sealed class Tightening(IOptions<AzureAdOptions> azure, IHostEnvironment environment, IHttpClientFactory clients, TimeProvider time) : IConfigureNamedOptions<OpenIdConnectOptions>
    {
        public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

        public void Configure(string? name, OpenIdConnectOptions options)
        {
            if (name != Schemes.Entra)
                return;
            var settings = azure.Value;
            options.Authority = settings.EffectiveAuthority;
            options.ClientId = settings.ClientId;
            options.ClientSecret = string.IsNullOrEmpty(settings.ClientSecret) ? null : settings.ClientSecret;
            options.Backchannel = clients.CreateClient(HttpClientName);
            options.RequireHttpsMetadata = !settings.EffectiveAuthority.StartsWith("http://", StringComparison.Ordinal);
            options.ConfigurationManager = Discovery.ManagerFor(settings.EffectiveAuthority, options.Backchannel);
            // Only satisfies a check: OnTicketReceived opens the session, and nothing signs in by this scheme.
            options.SignInScheme = Schemes.Session;
            ConfigureFlow(options, settings);
            ConfigureTokens(options, settings);
            ConfigureCookie(options.CorrelationCookie);
            ConfigureCookie(options.NonceCookie);
            options.Events.OnMessageReceived = OidcSignIn.AnswerAsync;
            options.Events.OnAuthorizationCodeReceived = OidcSignIn.RedeemAsync;
            options.Events.OnTokenValidated = OidcSignIn.KeepTokenAsync;
            options.Events.OnTicketReceived = OidcSignIn.ReceiveAsync;
            options.Events.OnRemoteFailure = OidcSignIn.FailAsync;
        }

        private static void ConfigureFlow(OpenIdConnectOptions options, AzureAdOptions settings)
        {
            options.CallbackPath = settings.CallbackPath;
            // The portal's own endpoints answer these two: a frame brings no cookie, and the handler has no back channel.
            options.RemoteSignOutPath = PathString.Empty;
            options.SignedOutCallbackPath = PathString.Empty;
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            // The handler pushes without the client assertion.
            options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
            options.DisableTelemetry = true;
            options.Scope.Clear();
            foreach (var scope in new[] { "openid", "profile" })
                options.Scope.Add(scope);
        }

        private void ConfigureTokens(OpenIdConnectOptions options, AzureAdOptions settings)
        {
            options.SaveTokens = false;
            options.GetClaimsFromUserInfoEndpoint = false;
            options.MapInboundClaims = false;
            // They would remove iss, which AD FS's people are known by.
            options.ClaimActions.Clear();
            options.TokenHandler = new ProviderTokens(settings.ClientId!, settings.Tenant, time);
            ProviderRules.Apply(options.TokenValidationParameters, settings.ClientId!, time);
        }

        // The answer is a top-level GET: Lax comes along, and no third-party cookie is needed.
        private void ConfigureCookie(CookieBuilder cookie)
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        }
    }
}
