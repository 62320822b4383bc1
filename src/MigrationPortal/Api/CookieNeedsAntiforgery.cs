using Microsoft.AspNetCore.Antiforgery;

namespace MigrationPortal.Api;

/// <summary>A browser sends the session cookie by itself, so a change made with it must also bring the antiforgery token; a bearer token is proof enough.</summary>
internal sealed class CookieNeedsAntiforgery(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
        if (changes && !Schemes.IsBearer(request) && !await antiforgery.IsRequestValidAsync(context.HttpContext))
            return Problems.Problem(400, new("antiforgery-required"));
        return await next(context);
    }
}
