using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.PoolPairs;
using MigrationPortal.Presence;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MudBlazor;
using MudBlazor.Services;

namespace MigrationPortal.Tests.Shared;

/// <summary>
/// Renders pages and parts as one person sees them, with the real use cases of a portal or of a part of it, on its PostgreSQL.
/// <code>
/// await using var context = PageContext.As(portal, "planner");
/// var page = context.At("/batches?pair=contoso").Render&lt;BatchesPage&gt;();
/// page.WaitForState(() => page.Markup.Contains("Wave 1"));
/// </code>
/// </summary>
internal sealed class PageContext : BunitContext
{
    private readonly AsyncServiceScope _scope;

    /// <param name="services">Where the use cases come from: of a whole portal, or of a test's world.</param>
    /// <param name="isInteractive">False renders as before the circuit, when data is not there yet.</param>
    /// <param name="time">Of the page alone, instead of the portal's.</param>
    public PageContext(IServiceProvider services, Caller caller, bool isInteractive = true, TimeProvider? time = null)
    {
        _scope = services.CreateAsyncScope();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.ShowTransitionDuration = 0;
            options.SnackbarConfiguration.HideTransitionDuration = 0;
        });
        // Of the browser, which is bUnit here.
        Services.AddScoped<Drafts>();
        Services.AddScoped<Toasts>();
        Services.AddCascadingAuthenticationState();
        Services.AddSingleton<AuthenticationStateProvider>(new Signed(caller));
        // bUnit, MudBlazor and localization register these too, which would answer before the portal's.
        Portals<IAuthorizationService>();
        Portals<IAuthorizationPolicyProvider>();
        Services.AddSingleton(_ => time ?? _scope.ServiceProvider.GetRequiredService<TimeProvider>());
        Services.AddSingleton(new PortalServices(_scope.ServiceProvider));
        Services.AddSingleton(typeof(IOptions<>), typeof(PortalOptions<>));
        OfCircuit<CurrentCaller>();
        OfCircuit<CurrentPair>();
        OfCircuit<PageOutages>();
        OfCircuit<CircuitPresence>();
        OfCircuit<ConflictRows>();
        OfCircuit<PageEdits>();
        OfCircuit<MigrationPortal.Rooms.Browsing.RoomActions>();
        // A part of a portal has none.
        Services.AddSingleton(x => _scope.ServiceProvider.GetService<PresenceStore>() ?? ActivatorUtilities.CreateInstance<PresenceStore>(x));
        Services.AddFallbackServiceProvider(_scope.ServiceProvider);
        SetRendererInfo(new RendererInfo(isInteractive ? "Server" : "Static", isInteractive));
    }

    /// <summary>As one of the personas: viewer, planner, approver, approver2, operator, auditor, administrator.</summary>
    public static PageContext As(PortalApp portal, string persona, TimeProvider? time = null) => new(portal.Services, Persona.Find(persona)!.ToCaller(), time: time);

    /// <summary>At this address, so that pages read what stands in its query.</summary>
    public PageContext At(string url)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(url);
        return this;
    }

    /// <summary>Where MudBlazor shows dialogs: render it before the page opens one.</summary>
    public IRenderedComponent<MudDialogProvider> RenderDialogs() => Render<MudDialogProvider>();

    /// <summary>Where MudBlazor shows menus and lists of choices: render it before the page.</summary>
    public IRenderedComponent<MudPopoverProvider> RenderPopovers() => Render<MudPopoverProvider>();

    /// <summary>What asks for the person or the address, of which a circuit has its own: made here, its other needs taken from the portal.</summary>
    public void OfCircuit<T>()
        where T : class => Services.AddScoped(_ => ActivatorUtilities.CreateInstance<T>(Services));

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _scope.DisposeAsync();
    }

    private void Portals<T>()
        where T : class => Services.AddSingleton(_ => _scope.ServiceProvider.GetRequiredService<T>());

    private sealed record PortalServices(IServiceProvider Services);

    private sealed class PortalOptions<T>(PortalServices portal, IOptionsFactory<T> own) : IOptions<T>
        where T : class
    {
        public T Value { get; } = portal.Services.GetServices<IConfigureOptions<T>>().Any()
            ? portal.Services.GetRequiredService<IOptions<T>>().Value
            : own.Create(Microsoft.Extensions.Options.Options.DefaultName);
    }

    private sealed class Signed(Caller caller) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(caller.ToPrincipal("test")));
    }
}
