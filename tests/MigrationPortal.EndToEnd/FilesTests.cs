using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.EndToEnd.SignIn;
using MigrationPortal.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>A room's files, from what its links mean to what the run moved, as people see it; on the sample that has one of every kind.</summary>
[Collection(PortalCollection.Name)]
public sealed class FilesTests(RunningPortal browsers)
{
    private const string Room = "39 Links to files";


    [Fact]
    public async Task Files_OfARoom_AreJudgedMovedAndSeenInTheNewStore()
    {
        await using var portal = await SignInPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Samples:Load"] = "awkward" });
        using var planner = Api(portal, "planner");
        await Eventually.TrueAsync(async () => (await TextAsync(planner, "/api/v1/pool-pairs/awkward/scans/latest")).Contains("\"Completed\"", StringComparison.Ordinal));
        var rooms = JsonDocument.Parse(await TextAsync(planner, $"/api/v1/pool-pairs/awkward/rooms?search={Uri.EscapeDataString(Room)}")).RootElement;
        var id = rooms.GetProperty("items")[0].GetProperty("id").GetString()!;

        var page = await portal.PageAsync(browsers);
        await page.GotoAsync("/signin");
        await page.Locator("button[value=viewer]").ClickAsync();
        await page.IsAtAsync("^(?!.*/signin)");
        await page.GotoAsync($"/rooms/{id}?tab=files&pair=awkward");
        await Expect(page.GetByText("nobody-has-this.docx")).ToBeVisibleAsync();
        await Expect(page.GetByText("outside the file store").First).ToBeVisibleAsync();
        await Expect(page.GetByText("matches several files")).ToBeVisibleAsync();
        await Expect(page.GetByText("copied with the room").First).ToBeVisibleAsync();
        await page.KeepAsync("room-files");
        await page.HasNoSeriousFindingInBothThemesAsync();

        var run = await RunAsync(portal, planner, id);
        await page.GotoAsync($"/runs/{run}?pair=awkward");
        await Expect(page.GetByText("kB copied")).ToBeVisibleAsync();
        await page.KeepAsync("run-files");
        await page.GotoAsync($"/rooms/{id}?tab=files&pair=awkward");
        await Expect(page.GetByText("in the new file store").First).ToBeVisibleAsync();
    }

    private static async Task<string> RunAsync(SignInPortal portal, HttpClient planner, string room)
    {
        using var approver = Api(portal, "approver");
        using var op = Api(portal, "operator");
        var batch = (await PostAsync(planner, "/api/v1/batches", $$"""{"poolPairId":"awkward","name":"Files","roomIds":["{{room}}"]}""")).GetProperty("id").GetString();
        var submitted = await PostAsync(planner, $"/api/v1/batches/{batch}/submit", """{"acknowledgeWarnings":true}""");
        await PostAsync(approver, $"/api/v1/batches/{batch}/approve", $$"""{"fingerprint":"{{submitted.GetProperty("fingerprint").GetString()}}"}""");
        var run = (await PostAsync(op, $"/api/v1/batches/{batch}/start", "{}")).GetProperty("runId").GetString()!;
        await Eventually.TrueAsync(async () => (await TextAsync(op, $"/api/v1/runs/{run}")).Contains("\"state\":\"Completed", StringComparison.Ordinal));
        return run;
    }

    private static HttpClient Api(SignInPortal portal, string persona)
    {
        var client = new HttpClient { BaseAddress = new Uri(portal.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"dev-{persona}");
        return client;
    }

    private static async Task<string> TextAsync(HttpClient api, string url)
    {
        using var answer = await api.GetAsync(new Uri(url, UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<JsonElement> PostAsync(HttpClient api, string url, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync(new Uri(url, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
