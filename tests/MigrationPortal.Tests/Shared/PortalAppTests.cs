using System.Net;

namespace MigrationPortal.Tests.Shared;

public sealed class PortalAppTests
{
    [Fact]
    public async Task StartAsync_TwoChatDatabases_ServesPersonasOverThem()
    {
        await using var legacy = await TestDatabase.CreateLegacyAsync();
        await using var target = await TestDatabase.CreateNewAsync();
        await using var portal = await PortalApp.StartAsync(legacy, target);

        using var planner = portal.ClientFor("planner");
        Assert.Contains("\"planner\"", await planner.GetStringAsync("api/v1/me"), StringComparison.Ordinal);
        using var nobody = portal.AnonymousClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(new Uri("api/v1/me", UriKind.Relative))).StatusCode);
        Assert.Equal("Contoso", await portal.Database.ScalarAsync<string>("select name from portal.pool_pairs where is_configured and id = 'contoso'"));
    }
}
