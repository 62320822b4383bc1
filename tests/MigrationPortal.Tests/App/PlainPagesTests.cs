using Bunit;
using MigrationPortal.App;
using MigrationPortal.SignIn.Page;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.App;

/// <summary>Pages without data: signing in, no access, nothing there, and a failure.</summary>
public sealed class PlainPagesTests
{
    [Fact]
    public async Task SignIn_OfDevelopment_OffersEachPersonaByAButtonOfItsName()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/signin").Render<SignInPage>();
        Assert.Equal(["administrator", "approver", "approver2", "auditor", "operator", "planner", "viewer"], page.FindAll("button[value]").Select(x => x.GetAttribute("value")).Order());
        Assert.NotEmpty(page.FindAll("nav.languages a[aria-current]"));
    }

    [Fact]
    public async Task SignIn_AfterARefusal_SaysItWithoutWhy()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/signin?failed=Refused").Render<SignInPage>();
        Assert.NotEmpty(page.Find("[role=alert]").TextContent.Trim());
    }

    [Fact]
    public async Task Denied_SignedIn_NamesThePersonAndTheWayOut()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/denied").Render<DeniedPage>();
        Assert.Contains("Viewer", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/", page.Find("a.btn.p").GetAttribute("href"));
    }

    [Fact]
    public async Task NotFound_LeadsToTheOverview()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        Assert.Equal("/", context.At("/nowhere").Render<NotFoundPage>().Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task Failed_ShowsNoCause()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.Render<FailedPage>();
        Assert.NotEmpty(page.Find("[role=alert]").TextContent.Trim());
        Assert.DoesNotContain("Exception", page.Markup, StringComparison.Ordinal);
    }
}
