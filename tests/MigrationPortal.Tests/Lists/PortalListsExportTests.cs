using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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
}
