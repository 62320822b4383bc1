using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>The former address of the approvals of a pool pair, which are a tab of its administration now.</summary>
public sealed class PolicyPageTests
{
    [Theory]
    [InlineData(false, "/administration/approvals")]
    [InlineData(true, "/administration")]
    public async Task Page_Opened_LeadsToTheTabOnceItIsLive(bool isInteractive, string path)
    {
        await using var world = await StartAsync();
        await using var context = isInteractive ? new PageContext(world.Services, Vera) : new PageContext(world.Services, Vera, isInteractive: false);
        context.At($"/administration/approvals?pair={Pair}").Render<PolicyPage>();
        Assert.Equal(path, new Uri(context.Services.GetRequiredService<NavigationManager>().Uri).AbsolutePath);
    }
}
