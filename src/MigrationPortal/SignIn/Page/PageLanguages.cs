using System.Globalization;
using Microsoft.AspNetCore.Localization;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.SignIn.Page;

/// <summary>
/// The languages of the pages: as the person chose, else as the browser asks. The choice is kept with the person and in the browser.
/// Numbers and dates that programs read stay as they are everywhere.
/// </summary>
internal static class PageLanguages
{
    private const string Cookie = "language";

    // Until the browser is closed or somebody signs in: chosen just now, it counts more than what the person chose once.
    private const string ChosenCookie = "language-chosen";
    private const string Query = "lang";

    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("es"), CultureInfo.GetCultureInfo("de")];

    /// <summary>The language of this moment.</summary>
    public static string Here => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is var name && Known(name) is not null ? name : All[0].Name;

    public static string Native(CultureInfo culture) => culture.TextInfo.ToTitleCase(culture.NativeName);

    public static RequestLocalizationOptions Options { get; } = new()
    {
        DefaultRequestCulture = new RequestCulture("en"),
        SupportedCultures = [All[0]],
        SupportedUICultures = [.. All],
        RequestCultureProviders = [new CustomRequestCultureProvider(ChooseAsync), new AcceptLanguageHeaderRequestCultureProvider()],
    };

    /// <summary>At sign-in: what was chosen on the way, else what the person chose once, else what this browser knows. The browser shows it from now on.</summary>
    /// <returns>Null where nobody has ever chosen.</returns>
    public static string? Settle(HttpContext context, string? kept)
    {
        var language = Known(context.Request.Cookies[ChosenCookie]) ?? Known(kept) ?? Known(context.Request.Cookies[Cookie]);
        context.Response.Cookies.Delete(ChosenCookie);
        if (language is not null)
            context.Response.Cookies.Append(Cookie, language, RememberedWay.Lasting(context));
        return language;
    }

    // A program asks by its header; a link of a page to a file names the page's language, which need not be the browser's.
    private static Task<ProviderCultureResult?> ChooseAsync(HttpContext context)
    {
        var isForPrograms = Urls.IsForPrograms(context.Request.Path);
        if (Known(context.Request.Query[Query]) is { } chosen)
        {
            if (!isForPrograms)
            {
                var lasting = RememberedWay.Lasting(context);
                context.Response.Cookies.Append(Cookie, chosen, lasting);
                lasting.MaxAge = null;
                context.Response.Cookies.Append(ChosenCookie, chosen, lasting);
            }

            return Task.FromResult<ProviderCultureResult?>(new(chosen));
        }

        if (isForPrograms)
            return Task.FromResult<ProviderCultureResult?>(null);

        return Task.FromResult(Known(context.Request.Cookies[Cookie]) is { } kept ? new ProviderCultureResult(kept) : null);
    }

    private static string? Known(string? name) => All.FirstOrDefault(x => x.Name == name)?.Name;
}
