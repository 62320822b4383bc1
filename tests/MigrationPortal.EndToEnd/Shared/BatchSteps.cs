using System.Globalization;
using System.Text;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>The steps of a batch over the API, for tests that are about something else.</summary>
internal static class BatchSteps
{
    /// <summary>A batch of one room of its own, approved by somebody else.</summary>
    /// <param name="more">Rooms beside it.</param>
    public static async Task<(string Id, string Room)> ApprovedBatchAsync(this RunningPortal portal, string name, params string[] more)
    {
        using var planner = portal.Api("planner");
        var (id, room) = await portal.CreateBatchAsync(planner, name, more);
        await portal.ApproveAsync(planner, id);
        return (id, room);
    }

    public static async Task ApproveAsync(this RunningPortal portal, HttpClient planner, string id)
    {
        using var approver = portal.Api("approver");
        var submitted = await portal.PostAsync(planner, $"/api/v1/batches/{id}/submit", """{"acknowledgeWarnings":true}""");
        await portal.PostAsync(approver, $"/api/v1/batches/{id}/approve", $$"""{"fingerprint":"{{submitted.GetProperty("fingerprint").GetString()}}"}""");
    }

    /// <summary>Waits until the portal knows that somebody looked at the batch, which takes two seconds in a tab that is shown.</summary>
    public static Task LookedAtAsync(HttpClient reader, string id) => Eventually.TrueAsync(async () =>
    {
        using var answer = await reader.GetAsync($"/api/v1/batches/{id}/changes?since=seen");
        return answer.IsSuccessStatusCode;
    });

    /// <summary>Starts an approved batch and waits until its rooms are verified.</summary>
    /// <returns>The run.</returns>
    public static async Task<string> RunAsync(this RunningPortal portal, HttpClient starter, string id)
    {
        var run = (await portal.PostAsync(starter, $"/api/v1/batches/{id}/start", "{}")).GetProperty("runId").GetString()!;
        await Eventually.TrueAsync(async () => (await portal.GetAsync(starter, $"/api/v1/batches/{id}")).GetProperty("state").GetString() is "Completed" or "CompletedWithFindings");
        return run;
    }

    /// <summary>A draft of one room of its own. Disposed, it gives the room to the next journey.</summary>
    /// <param name="more">Rooms beside it, which no other journey gets by that.</param>
    public static async Task<MovableBatch> MovableBatchAsync(this RunningPortal portal, HttpClient planner, string name, params string[] more)
    {
        var (id, room) = await portal.CreateBatchAsync(planner, name, more);
        return new(portal, planner, id, room);
    }

    private static async Task<(string Id, string Room)> CreateBatchAsync(this RunningPortal portal, HttpClient planner, string name, string[] more)
    {
        var room = await portal.MovableRoomAsync();
        List<string> ids = [];
        foreach (var one in more.Prepend(room))
            ids.Add(await portal.RoomIdAsync(planner, one));
        var made = await portal.PostAsync(planner, "/api/v1/batches", $$"""{"poolPairId":"tiny","name":"{{name}}","roomIds":["{{string.Join("\",\"", ids)}}"]}""");
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

    public static async Task<string> RoomIdAsync(this RunningPortal portal, HttpClient api, string room)
    {
        var found = await portal.GetAsync(api, $"/api/v1/pool-pairs/tiny/rooms?search={Uri.EscapeDataString(room)}");
        return Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()!;
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
