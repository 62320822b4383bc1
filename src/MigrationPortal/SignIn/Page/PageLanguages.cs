using System.Globalization;
using Microsoft.AspNetCore.Localization;
using MigrationPortal.SignIn.Sessions;

namespace MigrationPortal.SignIn.Page;

/// <summary>
/// The languages of the pages one sees before being in: as chosen there, else as the browser asks. Numbers and dates of the rest of
/// the portal stay as they are.
/// </summary>
internal static class PageLanguages
{
    private const string Cookie = "language";
    private const string Query = "lang";

    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("es"), CultureInfo.GetCultureInfo("de")];

    public static RequestLocalizationOptions Options { get; } = new()
    {
        DefaultRequestCulture = new RequestCulture("en"),
        SupportedCultures = [All[0]],
        SupportedUICultures = [.. All],
        RequestCultureProviders = [new CustomRequestCultureProvider(ChooseAsync), new AcceptLanguageHeaderRequestCultureProvider()],
    };

    private static Task<ProviderCultureResult?> ChooseAsync(HttpContext context)
    {
        if (Known(context.Request.Query[Query]) is { } chosen)
        {
            context.Response.Cookies.Append(Cookie, chosen, RememberedWay.Lasting(context));
            return Task.FromResult<ProviderCultureResult?>(new(chosen));
        }

        return Task.FromResult(Known(context.Request.Cookies[Cookie]) is { } kept ? new ProviderCultureResult(kept) : null);
    }

    private static string? Known(string? name) => All.FirstOrDefault(x => x.Name == name)?.Name;
}
