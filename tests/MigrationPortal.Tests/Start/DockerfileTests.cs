using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Start;

/// <summary>What the Dockerfile does, step by step, where no container can be had: its publish, its user, its entry point, its health check.</summary>
public sealed partial class DockerfileTests(PublishedPortal published) : IClassFixture<PublishedPortal>
{
    [Fact]
    public async Task Start_PublishedAsAnOrdinaryUser_AnswersTheHealthCheckAndStopsCleanly()
    {
        Assert.Contains("USER $APP_UID", published.Dockerfile, StringComparison.Ordinal);
        await using var portal = Start(published.MakeFolder("data", everybodyWrites: true));
        var address = await portal.AddressAsync();
        using var client = new HttpClient();
        using var health = await client.GetAsync(new Uri(address, Health().Match(published.Dockerfile).Groups["path"].Value));
        Assert.True(health.IsSuccessStatusCode, health.ToString());
        Assert.Contains("MigrationPortal", await client.GetStringAsync(new Uri(address, "/signin")), StringComparison.Ordinal);
        await portal.StopAsync();
        Assert.Equal(0, await portal.ExitCodeAsync());
    }

    [Fact]
    public async Task Start_InAFolderOfSomebodyElse_SaysWhoCannotWriteWhat()
    {
        // Whoever runs the tests without root owns the folder they make.
        if (!Environment.IsPrivilegedProcess)
            return;
        var folder = published.MakeFolder("closed", everybodyWrites: false);
        await using var portal = Start(folder);
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains($"The user nobody cannot write to the data directory {folder}", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    private PortalProcess Start(string data) =>
        PortalProcess.StartPublished(Path.Combine(published.App, EntryPoint().Match(published.Dockerfile).Groups["dll"].Value), data);

    [GeneratedRegex("ENTRYPOINT .*\"(?<dll>[^\"]+\\.dll)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EntryPoint();

    [GeneratedRegex(@"HEALTHCHECK .*http://localhost:8080(?<path>/\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Health();
}
