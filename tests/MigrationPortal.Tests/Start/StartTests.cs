using System.Net;
using System.Net.Sockets;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Start;

/// <summary>The portal as people start it: its own process, its own database.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Start_AfterKillHard_AdoptsTheServerLeftBehind()
    {
        using var directory = new TemporaryDirectory();
        await using (var killed = PortalProcess.Start(directory.Path))
        {
            await killed.AddressAsync();
            await killed.KillHardAsync();
        }

        await using var next = PortalProcess.Start(directory.Path);
        await next.AddressAsync();
        Assert.Contains("is adopted", next.Output, StringComparison.Ordinal);
        await next.StopAsync();
        Assert.Equal(0, await next.ExitCodeAsync());
        Assert.False(File.Exists(Path.Combine(directory.Path, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task Start_PortTaken_SaysSoAndStopsItsServer()
    {
        using var directory = new TemporaryDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var portal = PortalProcess.Start(directory.Path, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains("choose another address with --urls", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory.Path, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task Start_DirectoryNotWritable_SaysWhoCannotWriteWhat()
    {
        // Nobody may make a directory in /sys, not even root.
        await using var portal = PortalProcess.Start("/sys/migrationportal-data");
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Contains("cannot write to the data directory /sys/migrationportal-data", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PersonasWhereOthersReachThem_SaysSoInOneSentence()
    {
        using var directory = new TemporaryDirectory();
        await using var portal = PortalProcess.Start(directory.Path, "http://0.0.0.0:0");
        Assert.Equal(1, await portal.ExitCodeAsync());
        Assert.Equal(
            "SignIn:Methods names Development, but the portal listens on http://0.0.0.0:0; it signs anyone in, so listen on localhost only.", portal.Output.Trim());
        Assert.False(Directory.Exists(directory.Path));
    }
}
