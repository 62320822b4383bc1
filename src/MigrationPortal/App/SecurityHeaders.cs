using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.App;

/// <summary>Nothing is loaded from elsewhere, nothing but one empty page is framed, no script stands in a page. Style attributes are MudBlazor's positions and our bars' widths.</summary>
internal sealed class SecurityHeaders(IOptions<AzureAdOptions> azure, ConfiguredMethods methods)
{
    private readonly string _policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
        + $"form-action 'self'{SignOutTarget(azure, methods)}; frame-ancestors 'none'";

    // One empty page is framed by the provider alone: where it says that somebody signed out there.
    private readonly string? _framer = methods.Has(SignInMethod.EntraId) ? OriginOf(azure) : null;

    public Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        var isFramed = _framer is not null && context.Request.Path.Equals(azure.Value.RemoteSignOutPath, StringComparison.OrdinalIgnoreCase);
        headers.ContentSecurityPolicy = isFramed ? $"default-src 'none'; frame-ancestors {_framer}" : _policy;
        headers.XContentTypeOptions = "nosniff";
        if (!isFramed)
            headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        context.Response.OnStarting(KeepOutOfCaches, context.Response);
        return next(context);
    }

    // After signing out, the back button must not show what was there; files bring their own word about caches.
    private static Task KeepOutOfCaches(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    // Signing out posts a form here and goes on to the provider; browsers hold form-action against that redirect, too.
    private static string SignOutTarget(IOptions<AzureAdOptions> azure, ConfiguredMethods methods) =>
        methods.Has(SignInMethod.EntraId) ? $" {OriginOf(azure)}" : "";

    private static string OriginOf(IOptions<AzureAdOptions> azure) => new Uri(azure.Value.EffectiveAuthority).GetLeftPart(UriPartial.Authority);
}
