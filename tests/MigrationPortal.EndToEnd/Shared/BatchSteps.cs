using System.Text;
using System.Text.Json;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>The steps of a batch over the API, for tests that are about something else.</summary>
internal static class BatchSteps
{
    /// <summary>A batch of one room that nothing blocks, approved by somebody else.</summary>
    public static async Task<(string Id, string Room)> ApprovedBatchAsync(this RunningPortal portal, string name)
    {
        using var planner = portal.Api("planner");
        var (id, room) = await portal.FindMovableAsync(planner, name);
        await portal.ApproveAsync(planner, id);
        return (id, room);
    }

    public static async Task ApproveAsync(this RunningPortal portal, HttpClient planner, string id)
    {
        using var approver = portal.Api("approver");
        var submitted = await portal.PostAsync(planner, $"/api/v1/batches/{id}/submit", """{"acknowledgeWarnings":true}""");
        await portal.PostAsync(approver, $"/api/v1/batches/{id}/approve", $$"""{"fingerprint":"{{submitted.GetProperty("fingerprint").GetString()}}"}""");
    }

    /// <summary>A draft of one room that nothing blocks. Disposed, it gives the room back: the sample has a dozen for all journeys.</summary>
    public static async Task<MovableBatch> MovableBatchAsync(this RunningPortal portal, HttpClient planner, string name)
    {
        var (id, room) = await portal.FindMovableAsync(planner, name);
        return new(planner, id, room);
    }

    /// <summary>The name of a room that nothing blocks: found by planning each alone, then given back.</summary>
    public static async Task<string> MovableRoomAsync(this RunningPortal portal)
    {
        using var planner = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(planner, "Try");
        return batch.Room;
    }

    // Tries the sample's rooms one after the other until the preflight of one has no blocker.
    private static async Task<(string Id, string Room)> FindMovableAsync(this RunningPortal portal, HttpClient planner, string name)
    {
        // Another test may have moved rooms since the last scan.
        await portal.PostAsync(planner, "/api/v1/pool-pairs/tiny/scans", "{}");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await portal.GetAsync(planner, "/api/v1/pool-pairs/tiny/scans/latest")).GetProperty("state").GetString() != "Completed")
            await timer.WaitForNextTickAsync();
        var rooms = await portal.GetAsync(planner, "/api/v1/pool-pairs/tiny/rooms?comparison=OnlyLegacy&take=100");
        foreach (var room in rooms.GetProperty("items").EnumerateArray())
        {
            using var body = Json($$"""{"poolPairId":"tiny","name":"{{name}}","roomIds":["{{room.GetProperty("id").GetString()}}"]}""");
            using var made = await planner.PostAsync("/api/v1/batches", body);
            if (!made.IsSuccessStatusCode)
                continue;
            var id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
            var preflight = await portal.GetAsync(planner, $"/api/v1/batches/{id}/preflight");
            if (preflight.GetProperty("items").EnumerateArray().All(f => f.GetProperty("severity").GetString() != "Blocker"))
                return (id, room.GetProperty("legacy").GetProperty("name").GetString()!);
            using var deleted = await planner.DeleteAsync($"/api/v1/batches/{id}");
        }

        throw new InvalidOperationException("Every room of the sample is blocked or in a batch.");
    }

    public static async Task<JsonElement> GetAsync(this RunningPortal portal, HttpClient api, string url) =>
        JsonDocument.Parse(await api.GetStringAsync(url)).RootElement;

    public static async Task<JsonElement> PostAsync(this RunningPortal portal, HttpClient api, string url, string json)
    {
        using var body = Json(json);
        using var answer = await api.PostAsync(url, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
