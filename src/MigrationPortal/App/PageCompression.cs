using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace MigrationPortal.App;

/// <summary>
/// Pages, JSON and the drawing of our icons go compressed, to a quarter of their size. A length tells what is in an answer to whoever makes a browser ask often with guesses of their own
/// (BREACH): what another site causes, or nobody knows who over TLS, goes as it is.
/// </summary>
internal static class PageCompression
{
    public static IServiceCollection AddPageCompression(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        return services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = [MediaTypeNames.Text.Html, MediaTypeNames.Application.Json, MediaTypeNames.Application.ProblemJson, MediaTypeNames.Image.Svg];
        });
    }

    public static IApplicationBuilder UsePageCompression(this IApplicationBuilder app) => app.UseWhen(IsAskedForHere, part => part.UseResponseCompression());

    // Browsers say it over TLS and to their own machine; a program over plain HTTP does not, and whoever listens there reads everything anyway.
    private static bool IsAskedForHere(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,
        "" => !context.Request.IsHttps,
        _ => false,
    };
}
