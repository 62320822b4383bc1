using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Administration;
using MigrationPortal.App;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Reviews;
using MigrationPortal.SignIn;
using Radzen;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

public sealed class BatchPageTests
{
    [Fact]
    public async Task Page_InReview_ApproverDecides_PlannerSeesWhyNot()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");

        await using var approver = Context(world, Anna);
        var page = approver.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Approve this plan", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        page.WaitForState(() => page.Markup.Contains("Trading - Rates - Swaps", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.DoesNotContain("needs Approver", page.Markup, StringComparison.Ordinal);

        await using var planner = Context(world, Petra);
        var other = planner.Render<BatchPage>(x => x.Add(p => p.Id, id));
        other.WaitForState(() => other.Markup.Contains("Approve this plan", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.Contains("Approving a plan needs Approver.", other.Markup, StringComparison.Ordinal);

        Done(await world.ApproveAsync(id, Marek));
        other.WaitForState(() => other.Markup.Contains("Next: start", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Pages_WithScriptInTheName_ShowItAsText()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("<script>alert(1)</script>", "Desk");
        await using var context = Context(world, Anna);
        var list = context.Render<BatchesPage>();
        list.WaitForState(() => list.Markup.Contains("alert(1)", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.Empty(list.FindAll("script"));
        var reviews = context.Render<ReviewsPage>();
        reviews.WaitForState(() => reviews.Markup.Contains("alert(1)", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.Empty(reviews.FindAll("script"));
        Assert.Contains("yes", reviews.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    private static BunitContext Context(BatchWorld world, Caller caller)
    {
        var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddLocalization();
        context.Services.AddRadzenComponents();
        context.Services.AddScoped<CurrentCaller>();
        context.Services.AddSingleton(_ => world.Services.GetRequiredService<PoolPairQueries>());
        context.Services.AddScoped<CurrentPair>();
        context.Services.AddSingleton<AuthenticationStateProvider>(new Signed(caller));
        context.Services.AddFallbackServiceProvider(world.Services);
        context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return context;
    }

    private sealed class Signed(Caller caller) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(caller.ToPrincipal("test")));
    }
}
