using System.Diagnostics;
using MigrationPortal.EndToEnd.Shared;

namespace MigrationPortal.EndToEnd.Live;

/// <summary>The hub as another program sees it: Microsoft's own client of another language.</summary>
[Collection(PortalCollection.Name)]
public sealed class ProgressHubTests(RunningPortal portal)
{
    [Fact]
    public async Task Watch_ThroughAReconnect_SkipsNoNumber()
    {
        var (id, _) = await portal.ApprovedBatchAsync("Followed by a program");
        using var node = Follow(id, "dev-viewer");
        Assert.Equal("connected", await node.StandardOutput.ReadLineAsync());

        // So that the run is not over before the program watches it.
        await portal.LimitSpeedAsync(20);
        try
        {
            using var api = portal.Api("operator");
            await portal.PostAsync(api, $"/api/v1/batches/{id}/start", "{}");
            var said = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, said);
        }
        finally
        {
            await portal.LimitSpeedAsync(null);
        }
    }

    [Fact]
    public async Task Connect_WithoutASignIn_IsRefused()
    {
        using var nobody = new HttpClient { BaseAddress = new Uri(portal.Address) };
        using var answer = await nobody.PostAsync("/hubs/progress/negotiate?negotiateVersion=1", null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Process Follow(string batch, string token) => Process.Start(new ProcessStartInfo("node")
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        ArgumentList = { Path.Combine(RunningPortal.Folder, "Live", "follow.mjs"), portal.Address, batch, token },
    })!;
}
