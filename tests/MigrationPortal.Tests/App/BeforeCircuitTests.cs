using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.App;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Windows.Viewing;

namespace MigrationPortal.Tests.App;

/// <summary>Pages whose data comes with the circuit: before it, each has its heading and nothing that looks ready to be used.</summary>
public sealed class BeforeCircuitTests : IAsyncLifetime
{
    private PortalApp _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalApp.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Page_BeforeTheCircuit_HasItsHeadingAndNoFieldThatCanBeTypedIn()
    {
        await LooksAsync(x => x.Render<AboutPage>());
        await LooksAsync(x => x.Render<JobsPage>());
        await LooksAsync(x => x.Render<MailPage>());
        await LooksAsync(x => x.Render<NotificationsPage>());
        await LooksAsync(x => x.Render<PreferencesPage>());
        await LooksAsync(x => x.Render<WebhooksPage>());
        await LooksAsync(x => x.Render<WindowsPage>());
    }

    private async Task LooksAsync<T>(Func<PageContext, IRenderedComponent<T>> render)
        where T : IComponent
    {
        await using var context = new PageContext(_portal.Services, Persona.Find("administrator")!.ToCaller(), isInteractive: false);
        var page = render(context);
        Assert.NotEmpty(page.Find("h1").TextContent.Trim());
        Assert.Empty(page.FindAll("input[type=text]:not([disabled]), textarea:not([disabled])"));
    }
}
