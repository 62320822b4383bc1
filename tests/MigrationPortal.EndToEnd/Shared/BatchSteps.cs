using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>The steps of a batch over the API, for tests that are about something else.</summary>
internal static class BatchSteps
{
    /// <summary>A batch of one room of its own, approved by somebody else.</summary>
    public static async Task<(string Id, string Room)> ApprovedBatchAsync(this RunningPortal portal, string name)
    {
        using var planner = portal.Api("planner");
        var (id, room) = await portal.CreateBatchAsync(planner, name);
        await portal.ApproveAsync(planner, id);
        return (id, room);
    }

    public static async Task ApproveAsync(this RunningPortal portal, HttpClient planner, string id)
    {
        using var approver = portal.Api("approver");
        var submitted = await portal.PostAsync(planner, $"/api/v1/batches/{id}/submit", """{"acknowledgeWarnings":true}""");
        await portal.PostAsync(approver, $"/api/v1/batches/{id}/approve", $$"""{"fingerprint":"{{submitted.GetProperty("fingerprint").GetString()}}"}""");
    }

    /// <summary>A draft of one room of its own. Disposed, it gives the room to the next journey.</summary>
    public static async Task<MovableBatch> MovableBatchAsync(this RunningPortal portal, HttpClient planner, string name)
    {
        var (id, room) = await portal.CreateBatchAsync(planner, name);
        return new(portal, planner, id, room);
    }

    private static async Task<(string Id, string Room)> CreateBatchAsync(this RunningPortal portal, HttpClient planner, string name)
    {
        var room = await portal.MovableRoomAsync();
        var found = await portal.GetAsync(planner, $"/api/v1/pool-pairs/tiny/rooms?search={Uri.EscapeDataString(room)}");
        var roomId = Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetString();
        var made = await portal.PostAsync(planner, "/api/v1/batches", $$"""{"poolPairId":"tiny","name":"{{name}}","roomIds":["{{roomId}}"]}""");
        return (made.GetProperty("id").GetString()!, room);
    }

    /// <summary>Runs copy no more than that from now on, so that they are not over before somebody looks.</summary>
    /// <param name="messagesPerSecond">Null lifts the limit.</param>
    public static async Task LimitSpeedAsync(this RunningPortal portal, int? messagesPerSecond)
    {
        using var administrator = portal.Api("administrator");
        using var body = Json($$"""{"messagesPerSecond":{{messagesPerSecond?.ToString(CultureInfo.InvariantCulture) ?? "null"}},"roomsAtATime":2,"reason":"for a journey"}""");
        using var answer = await administrator.PutAsync("/api/v1/pool-pairs/tiny/limits", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
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
