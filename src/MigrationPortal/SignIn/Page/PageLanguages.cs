using System.Globalization;
using Microsoft.AspNetCore.Localization;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.Page;

/// <summary>
/// The languages of the frame and of the pages about signing in and people: as chosen there, else as the browser asks. Numbers and dates
/// stay as they are everywhere.
/// </summary>
internal static class PageLanguages
{
    private const string Cookie = "language";
    private const string Query = "lang";

    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("es"), CultureInfo.GetCultureInfo("de")];

    /// <summary>The language of this moment, for a page that speaks all of them inside a frame whose other pages do not yet.</summary>
    public static string Here => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is var name && Known(name) is not null ? name : All[0].Name;

    public static string Native(CultureInfo culture) => culture.TextInfo.ToTitleCase(culture.NativeName);

    public static RequestLocalizationOptions Options { get; } = new()
    {
        DefaultRequestCulture = new RequestCulture("en"),
        SupportedCultures = [All[0]],
        SupportedUICultures = [.. All],
        RequestCultureProviders = [new CustomRequestCultureProvider(ChooseAsync), new AcceptLanguageHeaderRequestCultureProvider()],
    };

    // A program asks by its header; a link of a page to a file names the page's language, which need not be the browser's.
    private static Task<ProviderCultureResult?> ChooseAsync(HttpContext context)
    {
        var isForPrograms = Urls.IsForPrograms(context.Request.Path);
        if (Known(context.Request.Query[Query]) is { } chosen)
        {
            if (!isForPrograms)
                context.Response.Cookies.Append(Cookie, chosen, RememberedWay.Lasting(context));
            return Task.FromResult<ProviderCultureResult?>(new(chosen));
        }

        if (isForPrograms)
            return Task.FromResult<ProviderCultureResult?>(null);

        return Task.FromResult(Known(context.Request.Cookies[Cookie]) is { } kept ? new ProviderCultureResult(kept) : null);
    }

    private static string? Known(string? name) => All.FirstOrDefault(x => x.Name == name)?.Name;
}
