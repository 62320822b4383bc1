using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MigrationPortal.Access;
using MudBlazor;

namespace MigrationPortal.Bench;

/// <summary>One browser's side of the portal without the browser: renders a part of a page and works out what changed, as a circuit does.</summary>
internal sealed class ViewerRenderer : Renderer
{
    private readonly AsyncServiceScope _scope;

    public ViewerRenderer(IServiceProvider services)
        : this(services.CreateAsyncScope())
    {
    }

    private ViewerRenderer(AsyncServiceScope scope)
        : base(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>())
    {
        _scope = scope;
        // Parts read their state from the address of their page.
        ((IHostEnvironmentNavigationManager)scope.ServiceProvider.GetRequiredService<NavigationManager>()).Initialize("http://localhost/", "http://localhost/batches/1");
        // Its menus ask who looks.
        var viewer = new Caller("viewer", "Viewer", new HashSet<Role> { Role.Viewer }).ToPrincipal(nameof(Bench));
        ((IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>()).SetAuthenticationState(Task.FromResult(new AuthenticationState(viewer)));
    }

    public int Renders { get; private set; }

    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    protected override RendererInfo RendererInfo { get; } = new("Server", isInteractive: true);

    /// <summary>Ends when it shows what it read.</summary>
    public Task ShowAsync<TPart>(string parameter, object value)
        where TPart : IComponent => Dispatcher.InvokeAsync(async () =>
    {
        // The part's menus are shown by it, as on every page.
        await RenderRootComponentAsync(AssignRootComponentId(InstantiateComponent(typeof(MudPopoverProvider))));
        var id = AssignRootComponentId(InstantiateComponent(typeof(TPart)));
        await RenderRootComponentAsync(id, ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [parameter] = value }));
    });

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        Renders++;
        return Task.CompletedTask;
    }

    // What a part asks its browser for goes unanswered: there is none.
    protected override void HandleException(Exception exception)
    {
        if (exception.GetBaseException() is not InvalidOperationException { Message: var message } || !message.StartsWith("JavaScript interop calls cannot be issued", StringComparison.Ordinal))
            ExceptionDispatchInfo.Throw(exception);
    }

    public async ValueTask CloseAsync()
    {
        await DisposeAsync();
        // Some services of the library know this way alone.
        await _scope.DisposeAsync();
    }
}
