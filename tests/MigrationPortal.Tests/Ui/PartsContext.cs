using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Data;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MudBlazor.Services;

namespace MigrationPortal.Tests.Ui;

/// <summary>What the shared parts need, with a circuit or before there is one.</summary>
internal static class PartsContext
{
    /// <param name="add">What a part needs besides.</param>
    public static BunitContext Create(bool isInteractive = true, TimeProvider? time = null, Action<IServiceCollection>? add = null)
    {
        var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddLocalization();
        context.Services.AddScoped<Drafts>();
        context.Services.AddScoped<Toasts>();
        context.Services.AddScoped<PageOutages>();
        context.Services.AddUnreadDatabase();
        context.Services.AddSingleton(time ?? TimeProvider.System);
        context.Services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.ShowTransitionDuration = 0;
            options.SnackbarConfiguration.HideTransitionDuration = 0;
        });
        add?.Invoke(context.Services);
        context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo(isInteractive ? "Server" : "Static", isInteractive));
        return context;
    }

    /// <summary>For parts that read none: what every part does while the database is away needs one all the same.</summary>
    public static IServiceCollection AddUnreadDatabase(this IServiceCollection services) => services
        .AddDbContextFactory<PortalDbContext>(options => PortalDatabase.Configure(options, "Host=nowhere.invalid"))
        .AddSingleton<WaitOut>()
        .AddSingleton<DatabaseReturn>();
}
