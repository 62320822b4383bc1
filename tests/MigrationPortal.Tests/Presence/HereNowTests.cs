using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Presence;

public sealed class HereNowTests
{
    [Fact]
    public async Task Here_AnotherPersonComesAndGoes_ShowsThemWhileTheyAreThere()
    {
        await using var world = await StartAsync();
        await using var anna = new PageContext(world.Services, Anna);
        var hers = anna.Render<HereNow>(x => x.Add(p => p.Subject, "batch:1"));
        Assert.Empty(hers.FindAll(".av"));

        var petra = new PageContext(world.Services, Petra);
        var theirs = petra.Render<HereNow>(x => x.Add(p => p.Subject, "batch:1"));
        hers.WaitForState(() => hers.FindAll(".av").Count == 1);
        Assert.Contains("petra", hers.Find(".here").GetAttribute("aria-label"), StringComparison.Ordinal);
        theirs.WaitForState(() => theirs.Find(".here").GetAttribute("aria-label")!.Contains("anna", StringComparison.Ordinal));

        await petra.DisposeAsync();
        hers.WaitForState(() => hers.FindAll(".av").Count == 0);
    }

    [Fact]
    public async Task Here_TheBrowserLosesItsConnection_IsNotShownUntilItIsBack()
    {
        await using var world = await StartAsync();
        var board = world.Get<WhoIsHere>();
        var circuit = new CircuitPresence(board);
        using var visit = board.Enter("batch:1", "petra", circuit);
        await using var anna = new PageContext(world.Services, Anna);
        var hers = anna.Render<HereNow>(x => x.Add(p => p.Subject, "batch:1"));
        hers.WaitForState(() => hers.FindAll(".av").Count == 1);
        await circuit.SetAsync(false);
        hers.WaitForState(() => hers.FindAll(".av").Count == 0);
        await circuit.SetAsync(true);
        hers.WaitForState(() => hers.FindAll(".av").Count == 1);
    }

    [Fact]
    public async Task Here_TwoTabsOfOnePersonAndAnotherBatch_CountOnceAndNotAtAll()
    {
        await using var world = await StartAsync();
        var board = world.Get<WhoIsHere>();
        using var first = board.Enter("batch:1", "petra", new(board));
        using var second = board.Enter("batch:1", "petra", new(board));
        using var elsewhere = board.Enter("batch:2", "paul", new(board));
        Assert.Equal(["petra"], board.Of("batch:1"));
    }
}
