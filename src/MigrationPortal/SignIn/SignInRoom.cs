using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.App;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn;

/// <summary>Everything is closed unless it says otherwise: the fallback policy covers each endpoint that names no policy of its own.</summary>
internal static class SignInRoom
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSignInConfiguration();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionStateProvider>();
        services.AddScoped<CurrentCaller>();
        services.AddAuthentication(Schemes.Portal)
            .AddPolicyScheme(Schemes.Portal, null, o => o.ForwardDefaultSelector = context => Schemes.IsBearer(context.Request) ? Schemes.Bearer : Schemes.Session)
            .AddScheme<AuthenticationSchemeOptions, DevelopmentTokenHandler>(Schemes.Bearer, null)
            .AddCookie(Schemes.Session, SessionCookie.Configure);
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
        forms.MapPost(Urls.SignOut, PersonaSignIn.SignOutAsync);
        return endpoints;
    }
}
