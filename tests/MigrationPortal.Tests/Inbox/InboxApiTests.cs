using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Batches.Viewing.Since;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Inbox;

public sealed class InboxApiTests
{
    [Fact]
    public async Task ClaimAndSnooze_OfAnItem_AreInEverybodysAndInOnesOwnList()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var first = portal.ClientFor("approver");
        using var second = portal.ClientFor("approver2");
        using var made = await planner.PostAsJsonAsync("/api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = "Desk" } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var submitted = await planner.PostAsJsonAsync($"/api/v1/batches/{id}/submit", new { acknowledgeWarnings = true });
        Assert.True(submitted.IsSuccessStatusCode, await submitted.Content.ReadAsStringAsync());
        var item = $"/api/v1/inbox/review:{id}";

        Assert.Equal(HttpStatusCode.OK, await PutAsync(first, $"{item}/claim"));
        Assert.Equal("approver", (await ListAsync(second)).GetProperty("items")[0].GetProperty("claimedBy").GetProperty("person").GetString());
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(second, $"{item}/claim"));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(second, $"{item}/claim", """{"from":"approver"}"""));
        using var released = await second.DeleteAsync($"{item}/claim");
        Assert.Equal(HttpStatusCode.NoContent, released.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await ListAsync(first)).GetProperty("items")[0].GetProperty("claimedBy").ValueKind);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PutAsync(first, $"{item}/snooze", """{"until":"2020-01-01T00:00:00Z"}"""));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(first, $"{item}/snooze", $$"""{"until":"{{TimeProvider.System.GetUtcNow().AddHours(3).ToOffset(TimeSpan.FromHours(2)):O}}"}"""));
        Assert.Equal((0, 1, 0), Counts(await ListAsync(first)));
        Assert.Equal((1, 1, 0), Counts(await ListAsync(first, "?snoozed=true")));
        Assert.Equal((1, 0, 1), Counts(await ListAsync(second)));
        using var ended = await first.DeleteAsync($"{item}/snooze");
        Assert.Equal((1, 0, 1), Counts(await ListAsync(first)));

        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(planner, $"{item}/claim"));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(first, "/api/v1/inbox/review:999/snooze"));
    }

    [Fact]
    public async Task Detail_OfAnItem_IsWhatTheInboxShows_AndOfOneThatIsNotTheCallersNotFound()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var approver = portal.ClientFor("approver");
        using var made = await planner.PostAsJsonAsync("/api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = "Desk" } });
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using var submitted = await planner.PostAsJsonAsync($"/api/v1/batches/{id}/submit", new { acknowledgeWarnings = true });
        Assert.True(submitted.IsSuccessStatusCode, await submitted.Content.ReadAsStringAsync());
        var now = (await portal.Get<SinceQueries>().ReadAsync(long.Parse(id, CultureInfo.InvariantCulture), new("", 1, 0, default), Caller.Portal, CancellationToken.None))!.Now;
        var approverHere = new Caller("approver", "Approver", new HashSet<Role> { Role.Approver });
        await portal.Get<MarkSeenHandler>().HandleAsync(long.Parse(id, CultureInfo.InvariantCulture), now, approverHere, CancellationToken.None);
        using var said = await planner.PatchAsJsonAsync($"/api/v1/batches/{id}", new { name = "Wave one" });
        Assert.True(said.IsSuccessStatusCode, await said.Content.ReadAsStringAsync());

        var detail = await approver.GetFromJsonAsync<JsonElement>($"/api/v1/inbox/review:{id}");

        Assert.Equal($"review:{id}", detail.GetProperty("item").GetProperty("key").GetString());
        Assert.Contains(detail.GetProperty("facts").EnumerateArray(), x => x.GetProperty("label").GetString() == "Approvals" && x.GetProperty("value").GetString() == "0 of 1");
        var changed = Assert.Single(detail.GetProperty("sections").EnumerateArray(), x => x.GetProperty("title").GetString() == "Changes since you looked");
        Assert.Contains("renamed the batch to “Wave one”", changed.GetProperty("notes")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        using var others = await planner.GetAsync($"/api/v1/inbox/review:{id}");
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, string url, string? json = null)
    {
        using var body = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PutAsync(url, body);
        return answer.StatusCode;
    }

    private static Task<JsonElement> ListAsync(HttpClient client, string query = "") => client.GetFromJsonAsync<JsonElement>($"/api/v1/inbox{query}");

    private static (int Items, int Snoozed, int Decide) Counts(JsonElement list) =>
        (list.GetProperty("items").GetArrayLength(), list.GetProperty("snoozed").GetInt32(), list.GetProperty("counts").GetProperty("Decide").GetInt32());
}
