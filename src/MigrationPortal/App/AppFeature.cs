using Microsoft.Extensions.DependencyInjection.Extensions;
using MigrationPortal.PoolPairs;
using MigrationPortal.Setup;
using MigrationPortal.SignIn.Hardening;
using MigrationPortal.SignIn.Page;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MudBlazor;
using MudBlazor.Services;

namespace MigrationPortal.App;

/// <summary>The frame that all pages stand in.</summary>
internal static class AppFeature
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        // A frame each second tells the browser that the portal is there: portal.js says so when none came for three.
        // A browser that is silent for 20 s has lost its circuit, whether its connection ended or not.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(o => (o.KeepAliveInterval, o.ClientTimeoutInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)));
        services.AddIsolatingLocalization();
        services.AddScoped<Drafts>();
        services.AddScoped<Toasts>();
        services.AddScoped<PageOutages>();
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.SnackbarVariant = Variant.Outlined;
            // A refusal that is repeated is one notice, and more than five would cover the page.
            options.SnackbarConfiguration.PreventDuplicates = true;
            options.SnackbarConfiguration.MaxDisplayedSnackbars = 5;
        });
        services.AddTransient<MudLocalizer, MudTexts>();
        services.AddSingleton<ThemeSheet>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Links>();
        services.AddLink("setup", (id, _) => Urls.Setup(edit: id.Length == 0 ? null : id));
        services.AddAdministrationPlace("about", 6, "about");
        services.AddSingleton<NavCounts>();
        services.AddScoped<FindQueries>();
        services.AddSingleton<Overview.OverviewQueries>();
        services.AddSingleton<Overview.ProgressQueries>();
        services.AddSingleton<SecurityHeaders>();
        services.AddPageCompression();
        services.AddHealth();
        services.AddHostedService<Greeting>();
        return services;
    }

    /// <summary>What every request passes before it reaches a room.</summary>
    public static WebApplication UsePortalPages(this WebApplication app)
    {
        app.UseHardening();
        app.UsePageCompression();
        // Before whatever words a failure: it has the reader's language only inside of this.
        app.UseRequestLocalization(PageLanguages.Options);
        app.Use(Api.ApiLanguage.TellAsync);
        app.UseExceptionHandler("/failed");
        app.UseStatusCodePages(Api.ApiFaults.DescribeStatusAsync);
        app.Use(Api.UnusableText.RefuseAsync);
        app.Use(app.Services.GetRequiredService<SecurityHeaders>().AddAsync);
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    public static IEndpointRouteBuilder MapPortalPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapGet("/css/theme.css", (HttpContext context, ThemeSheet sheet) => sheet.ServeAsync(context)).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet(PortalIcons.Path, PortalIcons.Serve).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapHealth();
        endpoints.MapRazorComponents<Document>()
            // The whole policy stands in SecurityHeaders.
            .AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
        return endpoints;
    }
}
