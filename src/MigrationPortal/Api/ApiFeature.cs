using MigrationPortal.Ui;

namespace MigrationPortal.Api;

/// <summary>The conventions that all rooms' endpoints share: where they live, how they speak, how they refuse.</summary>
internal static class ApiFeature
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOpenApi(AnyMediaType.LeaveOut);
        services.AddExceptionHandler<ApiFaults>();
        services.AddProblemDetails();
        services.AddAntiforgery();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        return services;
    }

    /// <summary>The group that each room maps its endpoints into.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi();
        endpoints.MapApiReference();
        var api = endpoints.MapGroup(Urls.Api).DisableAntiforgery();
        api.AcceptAnyMediaType();
        api.AddEndpointFilterFactory((_, next) =>
            context => ActivatorUtilities.GetServiceOrCreateInstance<CookieNeedsAntiforgery>(context.HttpContext.RequestServices).InvokeAsync(context, next));
        endpoints.Map("/api/{**path}", context => { context.Response.StatusCode = 404; return Task.CompletedTask; }).ExcludeFromDescription();
        return api;
    }
}
