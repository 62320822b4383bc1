using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

/// <summary>The hub for programs, by SignalR's own .NET client.</summary>
public sealed class HubClientTests
{
    [Fact]
    public async Task Watch_WhileARunCopies_TellsItsChangesWithoutAGap()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        var run = (await world.StartAsync(batch)).RunId;
        await using var connection = Connect(world.Portal.Address, "dev-viewer");
        var changes = new ConcurrentQueue<JsonElement>();
        connection.On<JsonElement>("Changed", changes.Enqueue);
        await connection.StartAsync();

        var snapshot = await connection.InvokeAsync<JsonElement>("Watch", $"{batch}");
        Assert.Equal(1, snapshot.GetProperty("transfers").GetArrayLength());
        using var op = new ApiTalk(world.Portal.Address, "operator");
        await op.PostAsync($"batches/{batch}/throttle");
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        await Eventually.TrueAsync(() => Task.FromResult(changes.Any(x => x.GetProperty("run").GetProperty("state").GetString() == "Completed")));

        var first = snapshot.GetProperty("sequence").GetInt64();
        var heard = changes.ToArray();
        Assert.Equal(Enumerable.Range(1, heard.Length).Select(x => first + x), heard.Select(x => x.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task Watch_BatchThatNeverRan_IsNull()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var connection = Connect(portal.Address, "dev-viewer");
        await connection.StartAsync();
        Assert.Equal(JsonValueKind.Null, (await connection.InvokeAsync<JsonElement>("Watch", "999")).ValueKind);
    }

    [Fact]
    public async Task Connect_WithoutAToken_IsRefused()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var connection = Connect(portal.Address, null);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => connection.StartAsync());
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static HubConnection Connect(Uri portal, string? token) => new HubConnectionBuilder()
        .WithUrl(new Uri(portal, "hubs/progress"), (HttpConnectionOptions o) => o.AccessTokenProvider = () => Task.FromResult(token))
        .Build();
}
