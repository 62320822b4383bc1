namespace MigrationPortal.SignIn.Hardening;

/// <summary>
/// A foreign page can open a WebSocket to the portal with the visitor's cookie, and no antiforgery token stands in its way: the circuit
/// and the hub take browsers from the portal's own pages only. Programs send no Origin; they need a token.
/// </summary>
internal static class SameOrigin
{
    private static readonly string[] Guarded = ["/_blazor", "/hubs"];

    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!Guarded.Any(x => request.Path.StartsWithSegments(x, StringComparison.OrdinalIgnoreCase)) || request.Headers.Origin is not [{ } origin])
            return next(context);
        if (Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && from.Scheme.Equals(request.Scheme, StringComparison.OrdinalIgnoreCase)
            && from.Authority.Equals(new UriBuilder($"{request.Scheme}://{request.Host}").Uri.Authority, StringComparison.OrdinalIgnoreCase))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
