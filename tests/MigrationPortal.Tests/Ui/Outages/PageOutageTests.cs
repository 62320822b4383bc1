using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.App;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Data;
using MigrationPortal.Lists;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.PoolPairs.Viewing;
using MigrationPortal.Rooms.Browsing;
using MigrationPortal.SignIn.Access;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;

namespace MigrationPortal.Tests.Ui.Outages;

/// <summary>A page is opened while the portal's own database is away: it waits, and is whole once the database is back.</summary>
public sealed class PageOutageTests
{
    private static readonly Type[] _pages =
        [typeof(SessionsPage), typeof(RolesPage), typeof(MePage), typeof(MailPage), typeof(WebhooksPage), typeof(PreferencesPage), typeof(AdministrationPage)];

    private static readonly Type[] _lists =
        [.. typeof(PortalComponent).Assembly.GetTypes().Where(x => IsList(x) && x.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Length > 0)];

    [Fact]
    public async Task Open_WhileTheDatabaseIsAway_WaitsAndIsWholeAfterwards()
    {
        await using var world = await RunWorld.CreateAsync();
        var portal = world.Portal;
        foreach (var type in _pages)
        {
            await using var usual = PageContext.As(portal, "administrator");
            var expected = Open(usual, type);
            expected.WaitForState(() => Shape(expected).Skeletons == 0);

            await using var context = PageContext.As(portal, "administrator");
            await portal.Database.CloseAsync();
            IRenderedComponent<IComponent> page;
            try
            {
                page = Open(context, type);
                await Eventually.TrueAsync(() => Task.FromResult(portal.Get<WaitOut>().IsPortalAway));
            }
            finally
            {
                await portal.Database.ReopenAsync();
            }

            page.WaitForAssertion(() => Assert.Equal((type.Name, Shape(expected)), (type.Name, Shape(page))));
        }
    }

    [Fact]
    public async Task List_WhileTheDatabaseIsAway_SaysSoAndIsReadOnceItIsBack()
    {
        await using var world = await RunWorld.CreateAsync();
        Assert.Contains(typeof(RoomsPage), _lists);
        Assert.True(_lists.Length >= 5);
        foreach (var type in _lists)
        {
            await using var context = new PageContext(world.Portal.Services, Persona.Find("auditor")!.ToCaller());
            context.RenderPopovers();
            await world.Portal.Database.CloseAsync();
            IRenderedComponent<IComponent> page;
            try
            {
                page = Open(context.At("/?pair=contoso"), type);
                page.ShowsItsError("The portal’s database is not responding");
            }
            finally
            {
                await world.Portal.Database.ReopenAsync();
            }

            page.WaitForState(() => page.FindAll(".state.failed").Count == 0 && Shape(page).Skeletons == 0);
        }
    }

    [Fact]
    [Shows<BatchRoomsTab>(PartState.Error)]
    public async Task ListOfATab_WhileTheDatabaseIsAway_SaysSoAndIsReadOnceItIsBack()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(MigrationPortal.Tests.Engine.ChatWorld.Hall);
        await using var context = new PageContext(world.Portal.Services, Persona.Find("planner")!.ToCaller());
        context.RenderPopovers();
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(batch, Persona.Find("planner")!.ToCaller(), computes: false, CancellationToken.None))!;
        context.At($"/batches/{batch}?tab=rooms&pair=contoso");
        await world.Portal.Database.CloseAsync();
        IRenderedComponent<BatchRoomsTab> tab;
        try
        {
            tab = context.Render<BatchRoomsTab>(x => x.AddCascadingValue(view));
            tab.ShowsItsError("The portal’s database is not responding");
        }
        finally
        {
            await world.Portal.Database.ReopenAsync();
        }

        tab.WaitForState(() => tab.FindAll(".state.failed").Count == 0 && tab.FindAll("tr[data-row]").Count == 1);
        // A tab that is a list is tried here, or in a test of its own like this one.
        Assert.Equal([typeof(BatchRoomsTab)], typeof(PortalComponent).Assembly.GetTypes().Where(IsList).Except(_lists));
    }

    [Fact]
    public async Task Boundary_MetByAnOutage_RecoversWhenTheDatabaseIsBack()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var returns = 0;
        await portal.Database.CloseAsync();
        try
        {
            var page = context.Render<AwayPage>(x => x.Add(p => p.OnBack, () => returns++));
            await Eventually.TrueAsync(() => Task.FromResult(portal.Get<WaitOut>().IsPortalAway));
            Assert.Equal(0, returns);
            Assert.Contains("does not answer", page.Find(".state.failed").TextContent, StringComparison.Ordinal);
        }
        finally
        {
            await portal.Database.ReopenAsync();
        }

        await Eventually.TrueAsync(() => Task.FromResult(returns == 1));
    }

    [Fact]
    public void Components_Each_StandOnTheOneBase()
    {
        var others = typeof(PortalComponent).Assembly.GetTypes()
            .Where(x => typeof(IComponent).IsAssignableFrom(x) && !x.IsSubclassOf(typeof(PortalComponent)))
            // A base of Blazor's own, which reads nothing.
            .Except([typeof(PortalComponent), typeof(PlainLayout)]);
        Assert.Empty(others);

        // Each of these would go around what the base does for all.
        var around = typeof(PortalComponent).Assembly.GetTypes().Where(x => x.IsSubclassOf(typeof(PortalComponent)))
            .Where(x => x.GetMethod(nameof(PortalComponent.SetParametersAsync))!.DeclaringType != typeof(PortalComponent)
                || x.GetInterfaceMap(typeof(IHandleEvent)).TargetMethods.Single().DeclaringType != typeof(PortalComponent));
        Assert.Empty(around);
    }

    private static bool IsList(Type type) =>
        !type.IsAbstract && type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(ListPage<,>);

    private static IRenderedComponent<IComponent> Open(PageContext context, Type type) => context.Render(builder =>
    {
        builder.OpenComponent(0, type);
        builder.CloseComponent();
    });

    private static (int Skeletons, int Cards, int Titles, int Rows) Shape(IRenderedComponent<IComponent> page) =>
        (page.FindAll(".skeleton").Count, page.FindAll("section.card").Count, page.FindAll("h2").Count, page.FindAll("tbody tr, ul li").Count);
}
