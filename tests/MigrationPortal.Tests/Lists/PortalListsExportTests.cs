using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Lists;

/// <summary>The lists of administration, and of a batch's categories, as files: what their pages show, for everybody who reads those.</summary>
public sealed class PortalListsExportTests
{
    [Fact]
    public async Task HistoryAndPolicyOfAPair_AsFiles_SayWhoChangedWhatAndWhy()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var administrator = portal.ClientFor("administrator");
        using var set = await administrator.PutAsJsonAsync("api/v1/pool-pairs/contoso/policy", new { approvals = 2, reason = "=1+1 is asked for" });
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        using var viewer = portal.ClientFor("viewer");

        var versions = await ExportApiTests.CsvAsync(viewer, "pool-pairs/contoso/policy/versions/export");
        Assert.Equal(["Version", "Time (UTC)", "User", "Confirmed by", "Needs", "Reason"], versions[0]);
        var version = Assert.Single(versions.Skip(1));
        Assert.Equal(("1", "", "'=1+1 is asked for"), (version[0], version[3], version[5]));
        Assert.Contains("2", version[4], StringComparison.Ordinal);

        var history = await ExportApiTests.CsvAsync(viewer, "pool-pairs/contoso/history/export");
        Assert.Equal(["Time (UTC)", "User", "Event", "Details"], history[0]);
        var entry = Assert.Single(history.Skip(1));
        Assert.Equal(version[2], entry[1]);
        Assert.Contains("=1+1 is asked for", entry[3], StringComparison.Ordinal);

        foreach (var list in new[] { "history", "policy/versions" })
        {
            using var unknown = await viewer.GetAsync(new Uri($"api/v1/pool-pairs/nowhere/{list}/export", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }
    }

    [Fact]
    public async Task Grants_AsFile_SayWhichGroupHasWhichRoleWhere()
    {
        await using var portal = await PortalApp.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Roles:BootstrapGroup"] = "Portal-Admins",
            ["Roles:Grants:0:Group"] = "Trading-Planners",
            ["Roles:Grants:0:Role"] = "Planner",
            ["Roles:Grants:0:Category"] = "Trading",
        });
        using var viewer = portal.ClientFor("viewer");

        var rows = await ExportApiTests.CsvAsync(viewer, "roles/grants/export");

        Assert.Equal(["Role", "Scope", "Pool pair", "Category", "Given by"], rows[0]);
        Assert.Equal([("Administrator", "", "Portal-Admins"), ("Planner", "Trading", "Trading-Planners")], rows.Skip(1).Select(x => (x[0], x[3], x[4])));
    }

    [Fact]
    public async Task CategoriesOfABatch_AsFile_AreThoseOfItsPlan()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var made = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = "Swaps" } });
        var batch = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var listed = (await planner.GetFromJsonAsync<JsonElement>($"api/v1/batches/{batch}/categories")).GetProperty("items");

        var rows = await ExportApiTests.CsvAsync(planner, $"batches/{batch}/categories/export");

        Assert.Equal(["Category GUID", "Legacy category", "Name in the new pool", "Name set by a user", "Already in the new pool", "Rooms"], rows[0]);
        Assert.NotEmpty(rows.Skip(1));
        Assert.Equal(listed.EnumerateArray().Select(x => (x.GetProperty("guid").GetString()!, x.GetProperty("name").GetString()!)), rows.Skip(1).Select(x => (x[0], x[2])));
        using var unknown = await planner.GetAsync(new Uri("api/v1/batches/999/categories/export", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Windows_AsFiles_SayWhenEachBeginsOnTheClockOfItsZone()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var administrator = portal.ClientFor("administrator");
        var nights = new { name = "Nights", effect = "Allow", weekdays = new[] { "Monday" }, ordinal = -1, from = "22:00", to = "06:00", zone = "Europe/Berlin", validFrom = "2026-01-01" };
        var holidays = new { name = "Holidays", effect = "Deny", dates = new[] { "2026-12-24", "2026-12-31" }, from = "00:00", to = "12:30", zone = "Etc/UTC", validTo = "2026-12-31" };
        using var own = await administrator.PutAsJsonAsync("api/v1/pool-pairs/contoso/windows", new { items = new object[] { nights, holidays }, atEnd = "PauseNow", reason = "change board" });
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var viewer = portal.ClientFor("viewer");

        var rows = await ExportApiTests.CsvAsync(viewer, "pool-pairs/contoso/windows/export");

        Assert.Equal(["Window name", "Effect", "Start days", "Start time", "End time", "Time zone", "Valid from", "Valid until", "At the end of the window"], rows[0]);
        Assert.Equal(["Nights", "Allow", "last Mon of each month", "22:00", "06:00", "Europe/Berlin", "2026-01-01", "", "Pause at once"], rows[1]);
        Assert.Equal(["Holidays", "Deny", "2026-12-24, 2026-12-31", "00:00", "12:30", "Etc/UTC", "", "2026-12-31", "Pause at once"], rows[2]);
        Assert.Equal(3, rows.Count);
        // Those of all pool pairs are a list of their own, as on the page.
        Assert.Equal(rows[0], Assert.Single(await ExportApiTests.CsvAsync(viewer, "windows/export")));
        using var all = await administrator.PutAsJsonAsync("api/v1/windows", new { items = new object[] { nights }, reason = "change board" });
        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
        Assert.StartsWith("Finish the rooms", Assert.Single((await ExportApiTests.CsvAsync(viewer, "windows/export")).Skip(1))[8], StringComparison.Ordinal);
        using var unknown = await viewer.GetAsync(new Uri("api/v1/pool-pairs/nowhere/windows/export", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Webhooks_AsFile_HaveTheHostOfTheirAddressAlone()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        portal.Get<IOptions<WebhooksOptions>>().Value.AllowedHosts.Add("hooks.contoso.com");
        using var administrator = portal.ClientFor("administrator");
        await AddAsync(new { name = "Ops", url = "https://hooks.contoso.com/hidden?key=hidden" });
        await AddAsync(new { name = "Chat", url = "https://hooks.contoso.com:8443/hidden", format = "Slack", kinds = new[] { "ReviewOpened", "RunFailed" }, poolPairId = "contoso" });
        var listed = (await administrator.GetFromJsonAsync<JsonElement>("api/v1/webhooks")).GetProperty("items");

        var rows = await ExportApiTests.CsvAsync(administrator, "webhooks/export");

        Assert.Equal(["Name", "Address (host only)", "Format", "Events", "Pool pair", "Created (UTC)", "Created by"], rows[0]);
        Assert.Equal(["Chat", "hooks.contoso.com", "Slack", "A review that you can decide begins · A run or an undo fails", "Contoso", CreatedAt(0), "Administrator"], rows[1]);
        Assert.Equal(["Ops", "hooks.contoso.com", "JSON", "All events", "All pool pairs", CreatedAt(1), "Administrator"], rows[2]);
        Assert.Equal(3, rows.Count);

        async Task AddAsync(object hook)
        {
            using var made = await administrator.PostAsJsonAsync("api/v1/webhooks", hook);
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        string CreatedAt(int row) => listed[row].GetProperty("at").GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
