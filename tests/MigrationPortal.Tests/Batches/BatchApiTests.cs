using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Batches;

public sealed class BatchApiTests
{
    [Fact]
    public async Task WholeWay_CreateSubmitApprove_KeepsTheContract()
    {
        await using var portal = await ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var approver = portal.ClientFor("approver");

        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { comparison = "OnlyLegacy", search = "Swaps" } });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.NotNull(created.Headers.Location);
        var batch = await BodyAsync(created);
        var url = $"api/v1/batches/{batch.GetProperty("id").GetString()}";
        Assert.Equal(("Draft", "planner", 1), (batch.GetProperty("state").GetString(), batch.GetProperty("author").GetString(), batch.GetProperty("roomIds").GetArrayLength()));

        var preflight = await planner.GetFromJsonAsync<JsonElement>($"{url}/preflight");
        Assert.Contains(preflight.GetProperty("items").EnumerateArray(), x => x.GetProperty("ruleId").GetString() == "P01" && x.GetProperty("severity").GetString() == "Warning");
        await AssertProblemAsync(planner.PostAsJsonAsync($"{url}/submit", new { }), HttpStatusCode.UnprocessableEntity, "warnings-not-acknowledged");
        using var submitted = await planner.PostAsJsonAsync($"{url}/submit", new { acknowledgeWarnings = true });
        var fingerprint = (await BodyAsync(submitted)).GetProperty("fingerprint").GetString();
        var plan = await approver.GetFromJsonAsync<JsonElement>($"{url}/plan?take=1");
        Assert.Equal(fingerprint, plan.GetProperty("fingerprint").GetString());
        Assert.Equal(1, plan.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await approver.GetFromJsonAsync<JsonElement>("api/v1/reviews")).GetProperty("total").GetInt32());

        await AssertProblemAsync(planner.PostAsJsonAsync($"{url}/approve", new { fingerprint }), HttpStatusCode.Forbidden, "not-allowed");
        await AssertProblemAsync(approver.PostAsJsonAsync($"{url}/approve", new { fingerprint = "other" }), HttpStatusCode.Conflict, "plan-changed");
        using var approved = await approver.PostAsJsonAsync($"{url}/approve", new { fingerprint, comment = "fine" });
        Assert.Equal("Approved", (await BodyAsync(approved)).GetProperty("state").GetString());
        using var back = await approver.PostAsJsonAsync($"{url}/send-back", new { reason = "seen late" });
        Assert.Equal("Draft", (await BodyAsync(back)).GetProperty("state").GetString());
        await AssertProblemAsync(approver.PostAsJsonAsync($"{url}/send-back", new { reason = "too late" }), HttpStatusCode.Conflict, "wrong-state");
        Assert.Equal(5, (await planner.GetFromJsonAsync<JsonElement>($"{url}/timeline")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    public async Task Create_FromAFilterWhoseSearchHasAWildcard_HoldsTheRoomsWithThatCharacterAlone(string typed)
    {
        await using var portal = await ScannedAsync(new PoolBuilder().Category("Desk").Room("100% sure", "Desk").Room("under_score", "Desk").Room("plain", "Desk"));
        using var planner = portal.ClientFor("planner");
        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = typed } });

        var room = await planner.GetFromJsonAsync<JsonElement>($"api/v1/rooms/{Assert.Single((await BodyAsync(created)).GetProperty("roomIds").EnumerateArray()).GetString()}");
        Assert.Contains(typed, room.GetProperty("room").GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_ThatExpectsAnotherRound_Is409_AndTheRightOneIsDone()
    {
        await using var portal = await ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var approver = portal.ClientFor("approver");
        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = "Swaps" } });
        var url = $"api/v1/batches/{(await BodyAsync(created)).GetProperty("id").GetString()}";
        using var submitted = await planner.PostAsJsonAsync($"{url}/submit", new { acknowledgeWarnings = true });
        using var approved = await approver.PostAsJsonAsync($"{url}/approve", new { fingerprint = (await BodyAsync(submitted)).GetProperty("fingerprint").GetString() });
        object Edit(long expectedRound) => new { options = new { rootCategory = "Elsewhere" }, expectedRound };

        var round = (await planner.GetFromJsonAsync<JsonElement>($"{url}/standing")).GetProperty("round").GetInt64();
        await AssertProblemAsync(planner.PatchAsJsonAsync(url, Edit(round - 1)), HttpStatusCode.Conflict, "review-moved");
        Assert.Equal("Approved", (await planner.GetFromJsonAsync<JsonElement>(url)).GetProperty("state").GetString());
        using var edited = await planner.PatchAsJsonAsync(url, Edit(round));
        Assert.Equal("Draft", (await BodyAsync(edited)).GetProperty("state").GetString());
        await AssertProblemAsync(planner.PatchAsJsonAsync(url, Edit(round)), HttpStatusCode.Conflict, "review-moved");
    }

    [Fact]
    public async Task Edit_WithOldETag_Is412_AndUnknownThingsAreNamed()
    {
        await using var portal = await ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = "Desk" } });
        var id = (await BodyAsync(created)).GetProperty("id").GetString();
        using var old = new HttpRequestMessage(HttpMethod.Patch, $"api/v1/batches/{id}") { Content = JsonContent.Create(new { name = "Other" }) };
        old.Headers.TryAddWithoutValidation("If-Match", "\"7\"");
        await AssertProblemAsync(planner.SendAsync(old), HttpStatusCode.PreconditionFailed, "stale");

        await AssertProblemAsync(planner.GetAsync(new Uri("api/v1/batches/99999", UriKind.Relative)), HttpStatusCode.NotFound, "batch-not-found");
        await AssertProblemAsync(
            planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "W", roomIds = new[] { "99999" } }), HttpStatusCode.UnprocessableEntity, "unknown-rooms");
        await AssertProblemAsync(
            planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "nowhere", name = "W", roomIds = new[] { "1" } }), HttpStatusCode.NotFound, "pool-pair-not-found");
        using var viewer = portal.ClientFor("viewer");
        await AssertProblemAsync(viewer.DeleteAsync(new Uri($"api/v1/batches/{id}", UriKind.Relative)), HttpStatusCode.Forbidden, "not-allowed");
        Assert.Equal(HttpStatusCode.NoContent, (await planner.DeleteAsync(new Uri($"api/v1/batches/{id}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Edit_WithBaseVersion_IsMergedOr409WithBothValues_WhileIfMatchNamesWhatChanged()
    {
        await using var portal = await ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave", filter = new { search = "Desk" } });
        var made = await BodyAsync(created);
        var (url, version) = ($"api/v1/batches/{made.GetProperty("id").GetString()}", made.GetProperty("version").GetInt32());
        using var first = await planner.PatchAsJsonAsync(url, new { name = "Theirs", baseVersion = version });
        Assert.Equal(0, (await BodyAsync(first)).GetProperty("beside").GetArrayLength());

        using var met = await planner.PatchAsJsonAsync(url, new { name = "Mine", baseVersion = version });
        var told = await met.Content.ReadFromJsonAsync<JsonElement>();
        string? Text(string name) => told.GetProperty(name).GetString();
        Assert.Equal((HttpStatusCode.Conflict, "edit-conflict", "name", "Wave", "Theirs", "Mine", "planner"), (met.StatusCode, Text("code"), Text("field"), Text("base"), Text("theirs"), Text("yours"), Text("by")));
        Assert.Equal((version + 1, "Mine"), (told.GetProperty("version").GetInt32(), told.GetProperty("conflicts")[0].GetProperty("yours").GetString()));

        using var strict = new HttpRequestMessage(HttpMethod.Patch, url) { Content = JsonContent.Create(new { name = "Mine" }) };
        strict.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var stale = await planner.SendAsync(strict);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "name"), (stale.StatusCode, (await stale.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("changed")[0].GetString()));
        using var replaced = await planner.PatchAsJsonAsync(url, new { name = "Mine", baseVersion = version + 1 });
        Assert.Equal("Mine", (await BodyAsync(replaced)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Changes_SinceAPointThatIsKnown_NameWhatOthersDid_AndElseSayWhatToAskFor()
    {
        await using var portal = await ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var approver = portal.ClientFor("approver");
        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave", filter = new { search = "Desk" } });
        var url = $"api/v1/batches/{(await BodyAsync(created)).GetProperty("id").GetString()}";
        var fingerprint = (await planner.GetFromJsonAsync<JsonElement>($"{url}/plan")).GetProperty("fingerprint").GetString();
        await AssertProblemAsync(approver.GetAsync(new Uri($"{url}/changes", UriKind.Relative)), HttpStatusCode.NotFound, "since-unknown");
        await AssertProblemAsync(approver.GetAsync(new Uri($"{url}/changes?since=approved", UriKind.Relative)), HttpStatusCode.NotFound, "since-unknown");
        using var renamed = await planner.PatchAsJsonAsync(url, new { name = "Wave one" });

        var changes = await approver.GetFromJsonAsync<JsonElement>($"{url}/changes?since={fingerprint}");

        Assert.Equal((fingerprint, 2, 1), (changes.GetProperty("since").GetProperty("fingerprint").GetString(), changes.GetProperty("version").GetInt32(), changes.GetProperty("total").GetInt32()));
        var item = changes.GetProperty("items")[0];
        Assert.Equal(("edit", "name", "Wave", "Wave one", "planner"), (
            item.GetProperty("kind").GetString(), item.GetProperty("field").GetString(), item.GetProperty("old").GetString(), item.GetProperty("new").GetString(), item.GetProperty("by").GetString()));
        Assert.EndsWith("renamed the batch to “Wave one”", changes.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    internal static async Task<PortalApp> ScannedAsync(PoolBuilder? pool = null)
    {
        var portal = await PortalApp.StartAsync();
        await using var db = portal.Database.OpenPortal();
        db.Add(new PoolPair { Id = "contoso", Name = "Contoso", LegacyName = "LYNC10", NewName = "PC01", LegacyProduct = "LyncGroupChat2010", NewProduct = "LyncPersistentChat2013" });
        var scan = new Scan { PoolPairId = "contoso", State = ScanState.Completed, RequestedBy = "planner", RequestedAt = TimeProvider.System.GetUtcNow() };
        db.Add(scan);
        await db.SaveChangesAsync();
        await portal.Get<LoadInventory>().HandleAsync(
            new ScannedPools("contoso", scan.Id, (pool ?? BatchWorld.Trading()).Build(), new PoolBuilder().Build(), new Dictionary<int, long>()), CancellationToken.None);
        return portal;
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task AssertProblemAsync(Task<HttpResponseMessage> sending, HttpStatusCode status, string code)
    {
        using var response = await sending;
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, code), (response.StatusCode, problem.GetProperty("code").GetString()));
    }
}
