using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Access;
using MigrationPortal.SignIn.ActiveDirectory;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Development;
using MigrationPortal.SignIn.Hardening;
using MigrationPortal.SignIn.KeyRing;
using MigrationPortal.SignIn.OpenIdConnect;
using MigrationPortal.SignIn.Page;
using MigrationPortal.SignIn.People;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn;

/// <summary>Everything is closed unless it says otherwise: the fallback policy covers each endpoint that names no policy of its own.</summary>
internal static class SignInFeature
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSignInConfiguration();
        services.AddHardening();
        services.AddSingleton<GrantRules>().AddSingleton<KnownPeople>().AddSingleton<DirectoryRecheck>().AddSingleton<PeopleQueries>().AddSingleton<OpenSources>().AddSingleton<PeopleRights>().AddSingleton<PersonNames>().AddSingleton<IAccountNames>(x => x.GetRequiredService<PersonNames>()).AddActiveDirectory();
        services.AddKeyRing(configuration);
        services.AddSessions();
        services.AddSingleton<LiveTokens>().AddSingleton<TokenUse>().AddSingleton<TokenQueries>().AddSingleton<CreateTokenHandler>().AddSingleton<RevokeTokenHandler>();
        services.AddSingleton<ConfiguredGrants>().AddSingleton<AccessFiles>().AddSingleton<FreshRights>().AddSingleton<SignInLog>();
        services.AddAdministrationPlace("roles", 2, "roles").AddAdministrationPlace("sessions", 3, "sessions");
        services.AddSingleton<RoleActions>().AddRoleAction("Access", [Role.Administrator], isScoped: false,
            "GET /api/v1/sessions", "GET /api/v1/sessions/export", "DELETE /api/v1/sessions/{id:long}", "GET /api/v1/tokens", "GET /api/v1/tokens/export", "DELETE /api/v1/tokens/{id:long}", "GET /api/v1/people", "GET /api/v1/people/export");
        services.AddAuthentication(Schemes.Portal)
            .AddPolicyScheme(Schemes.Portal, null, o => o.ForwardDefaultSelector = context => Schemes.IsBearer(context.Request) ? Schemes.Bearer : Schemes.Session)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Schemes.Bearer, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(Schemes.Session, null)
            .AddProvider(configuration);
        services.AddAuthorization(o =>
        {
            // Every role reads; somebody without any has no business here.
            var reader = new AuthorizationPolicyBuilder(Schemes.Portal).RequireAuthenticatedUser().RequireClaim(CallerClaims.Role).Build();
            o.DefaultPolicy = reader;
            o.FallbackPolicy = reader;
        });
        return services;
    }

    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        // The handlers check the token themselves: an old form leads back to a fresh one, not to an empty 400.
        var forms = endpoints.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        forms.MapPost($"{Urls.SignIn}/persona", PersonaSignIn.HandleAsync);
        forms.MapPost($"{Urls.SignIn}/ldap", LdapSignIn.HandleAsync).RequireRateLimiting(SignInLimits.Policy);
        forms.MapGet($"{Urls.SignIn}/windows", WindowsSignIn.HandleAsync).RequireRateLimiting(SignInLimits.Policy);
        forms.MapGet($"{Urls.SignIn}/entra", OidcSignIn.BeginAsync).RequireRateLimiting(SignInLimits.Policy);
        var azure = endpoints.ServiceProvider.GetRequiredService<IOptions<AzureAdOptions>>().Value;
        forms.MapGet(azure.SignedOutCallbackPath, () => Results.Redirect(Urls.SignIn));
        forms.MapGet(azure.RemoteSignOutPath, ProviderSignOut.FrameAsync);
        forms.MapPost(azure.RemoteSignOutPath, ProviderSignOut.TokenAsync);
        forms.MapGet(Urls.Language, KeepLanguageAsync);
        forms.MapPost(Urls.SignOut, SignOutForm.HandleAsync);
        return endpoints;
    }

    // PageLanguages has kept the choice in the browser on the way here.
    private static async Task<IResult> KeepLanguageAsync(HttpContext context, string? returnUrl, KnownPeople people)
    {
        if (context.User.Identity?.IsAuthenticated == true && context.User.ToCaller().PersonId is { } person)
            await people.KeepLanguageAsync(person, PageLanguages.Here, context.RequestAborted);
        return Results.LocalRedirect(ReturnUrl.Safe(returnUrl));
    }

    private static void AddActiveDirectory(this IServiceCollection services) => services
        .AddSingleton<DomainControllers>()
        .AddSingleton<DirectorySearches>()
        .AddSingleton<PasswordThrottle>()
        .AddSingleton<LdapDirectory>()
        .AddSingleton<IDirectory>(x => x.GetRequiredService<LdapDirectory>());

    private static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<LiveSessions>().AddSingleton<SessionTokens>().AddSingleton<OpenSessionHandler>().AddSingleton<EndSessionsHandler>().AddSingleton<SessionQueries>();
        services.AddSingleton<HubSessions>();
        // Programs' hub alone: the circuits' own hub looks after itself, and has to stay to say what happened.
        services.Configure<HubOptions>(o => o.AddFilter<HubSessions>());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionStateProvider>();
        services.AddScoped<CircuitActivity>();
        services.AddScoped<CircuitHandler>(x => x.GetRequiredService<CircuitActivity>());
        services.AddScoped<CurrentCaller>();
    }
}
