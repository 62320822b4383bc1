using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MudBlazor.Services;

namespace MigrationPortal.Tests.Ui;

/// <summary>What the shared parts need, with a circuit or before there is one.</summary>
internal static class PartsContext
{
    public static BunitContext Create(bool isInteractive = true)
    {
        var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddLocalization();
        context.Services.AddScoped<Drafts>();
        context.Services.AddScoped<Toasts>();
        context.Services.AddSingleton(TimeProvider.System);
        context.Services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.ShowTransitionDuration = 0;
            options.SnackbarConfiguration.HideTransitionDuration = 0;
        });
        context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo(isInteractive ? "Server" : "Static", isInteractive));
        return context;
    }
}
