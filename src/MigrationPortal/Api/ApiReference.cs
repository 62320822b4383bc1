using System.Security.Cryptography;
using MigrationPortal.Ui;
using Scalar.AspNetCore;

namespace MigrationPortal.Api;

/// <summary>The API in the browser, for signed-in people, from the same document as programs read.</summary>
internal static class ApiReference
{
    public static void MapApiReference(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapScalarApiReference(Urls.ApiReference, Configure).ExcludeFromDescription();

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        options.WithTitle("MigrationPortal API").WithNonce(nonce).DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools();
        // This page alone: its script makes its styles, and one script stands in it.
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
