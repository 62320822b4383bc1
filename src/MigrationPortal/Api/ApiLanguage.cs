using System.Globalization;
using Microsoft.Net.Http.Headers;
using MigrationPortal.Ui;

namespace MigrationPortal.Api;

/// <summary>Says in which language an answer's sentences are, also where a failure replaced the answer, so that no cache gives it to another reader.</summary>
internal static class ApiLanguage
{
    public static Task TellAsync(HttpContext context, RequestDelegate next)
    {
        if (Urls.IsForPrograms(context.Request.Path))
        {
            var language = CultureInfo.CurrentUICulture.Name;
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.ContentLanguage = language;
                context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }
}
