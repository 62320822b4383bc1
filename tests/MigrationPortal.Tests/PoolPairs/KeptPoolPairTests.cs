using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.PoolPairs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.PoolPairs;

/// <summary>Pool pairs that administrators add in the portal: in effect at once, on every node and after a restart; their connection strings never in the open.</summary>
public sealed class KeptPoolPairTests
{
    private static readonly Dictionary<string, string> _editable = new(StringComparer.Ordinal) { ["Administration:EditPoolPairs"] = "true" };

    [Fact]
    public async Task Put_NewPair_IsScannedWithoutARestartAndSurvivesOne()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var database = await TestDatabase.CreatePortalAsync();
        await using (var portal = await PortalApp.StartNodeAsync(database, _editable))
        {
            using var admin = portal.ClientFor("administrator");
            Assert.Equal(HttpStatusCode.OK, (await PutAsync(admin, Body(chat))).Status);
            await Eventually.TrueAsync(async () => (await admin.GetStringAsync("api/v1/pool-pairs/contoso/scans/latest")).Contains("\"Completed\"", StringComparison.Ordinal));
        }

        await using var again = await PortalApp.StartNodeAsync(database, _editable);
        Assert.Equal(chat.Legacy.ConnectionString, again.Get<PoolPairCatalog>().Find("contoso")?.Legacy.ConnectionString);
        Assert.True(await database.ScalarAsync<bool>("select is_configured from portal.pool_pairs where id = 'contoso'"));
    }

    [Fact]
    public async Task Put_NewPair_LeavesNoConnectionStringInTheOpen()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync(_editable);
        using var admin = portal.ClientFor("administrator");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(admin, Body(chat, ";Password=hunter2"))).Status);

        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select count(*) from portal.kept_pool_pairs where settings::text like '%hunter2%' or sealed like '%hunter2%' or settings::text ilike '%host=%'"));
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'PoolPairAdded' and details::text not like '%hunter2%'"));
        Assert.DoesNotContain("hunter2", await admin.GetStringAsync("api/v1/pool-pairs/contoso/connections"), StringComparison.Ordinal);

        // Left out, it stays; and a former version is refused.
        var body = new { name = "Renamed", legacy = new { product = "LyncGroupChat2010", provider = "PostgreSql" }, @new = new { product = "LyncPersistentChat2013", provider = "PostgreSql" }, version = 1 };
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(admin, body)).Status);
        Assert.Contains("hunter2", portal.Get<PoolPairCatalog>().Find("contoso")!.New.ConnectionString, StringComparison.Ordinal);
        var late = await PutAsync(admin, body);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale"), (late.Status, late.Code));
    }

    [Fact]
    public async Task Put_OnOneNode_IsInEffectOnTheOther_AndDeleteTakesItBack()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var first = await PortalApp.StartNodeAsync(database, _editable);
        await using var second = await PortalApp.StartNodeAsync(database, _editable);
        using var admin = first.ClientFor("administrator");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(admin, Body(chat))).Status);
        await Eventually.TrueAsync(() => Task.FromResult(second.Get<PoolPairCatalog>().Find("contoso") is not null));

        using var gone = await admin.DeleteAsync(new Uri("api/v1/pool-pairs/contoso", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Null(first.Get<PoolPairCatalog>().Find("contoso"));
        await Eventually.TrueAsync(() => Task.FromResult(second.Get<PoolPairCatalog>().Find("contoso") is null));
        Assert.False(await database.ScalarAsync<bool>("select is_configured from portal.pool_pairs where id = 'contoso'"));
    }

    [Fact]
    public async Task Put_LegacyDatabaseOfAnotherPair_IsRefusedWithBothNames()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync(_editable);
        using var admin = portal.ClientFor("administrator");
        await PutAsync(admin, Body(chat));
        var other = await PutAsync(admin, Body(chat), "fabrikam");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-pool-pair"), (other.Status, other.Code));
        Assert.Contains("Legacy:ConnectionString is the same database as contoso:Legacy:ConnectionString", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WithoutTheSetting_SaysWhereToChangeItAndKeepsNothing()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync();
        using var admin = portal.ClientFor("administrator");
        var answer = await PutAsync(admin, Body(chat));
        Assert.Equal((HttpStatusCode.Conflict, "pool-pairs-by-configuration"), (answer.Status, answer.Code));
        Assert.Contains("Administration:EditPoolPairs", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select count(*) from portal.kept_pool_pairs"));
    }

    [Fact]
    public async Task Start_WithoutTheSettingOrTheKey_LeavesKeptPairsReadable()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var database = await TestDatabase.CreatePortalAsync();
        await using (var portal = await PortalApp.StartNodeAsync(database, _editable))
        {
            using var admin = portal.ClientFor("administrator");
            Assert.Equal(HttpStatusCode.OK, (await PutAsync(admin, Body(chat))).Status);
        }

        await using (var without = await PortalApp.StartNodeAsync(database))
            Assert.Null(without.Get<PoolPairCatalog>().Find("contoso"));
        await database.ExecuteAsync("delete from portal.protection_keys");
        await using var keyless = await PortalApp.StartNodeAsync(database, _editable);
        Assert.Null(keyless.Get<PoolPairCatalog>().Find("contoso"));
        using var viewer = keyless.ClientFor("viewer");
        Assert.Contains("\"canBeOpened\":false", await viewer.GetStringAsync("api/v1/pool-pairs/contoso/connections"), StringComparison.Ordinal);
        Assert.False(await database.ScalarAsync<bool>("select is_configured from portal.pool_pairs where id = 'contoso'"));

        // Entered again, it is the pair that it was.
        using var again = keyless.ClientFor("administrator");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(again, Body(chat))).Status);
        Assert.Equal("PoolPairAdded, PoolPairChanged", await database.ScalarAsync<string>("select string_agg(action, ', ' order by id) from portal.audit_entries where action like 'PoolPair%'"));
    }

    [Fact]
    public async Task Check_OfASide_AnswersEachRightByNameInTheReadersLanguage()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var portal = await PortalApp.StartAsync();
        using var admin = portal.ClientFor("administrator");
        admin.DefaultRequestHeaders.Add("Accept-Language", "de");
        using var answer = await admin.PostAsJsonAsync("api/v1/pool-pairs/check", new { side = "legacy", settings = new { product = "LyncGroupChat2010", provider = "PostgreSql", connectionString = chat.Legacy.ConnectionString } });
        var lines = (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().ToDictionary(x => x.GetProperty("check").GetString()!, StringComparer.Ordinal);
        Assert.Equal("Warning", lines["Write"].GetProperty("state").GetString());
        Assert.Contains("CREATE ROLE", lines["Write"].GetProperty("sql").GetString(), StringComparison.Ordinal);
        Assert.Equal("Kann alle vorhandenen Tabellen lesen", lines["Read"].GetProperty("message").GetString());

        using var mistaken = await admin.PostAsJsonAsync("api/v1/pool-pairs/check", new { side = "new", settings = new { product = "Teams" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mistaken.StatusCode);
    }

    private static object Body(ChatWorld chat, string more = "") => new
    {
        name = "Contoso",
        legacy = new { product = "LyncGroupChat2010", provider = "PostgreSql", connectionString = chat.LegacyDatabase.ConnectionString + more },
        @new = new { product = "LyncPersistentChat2013", provider = "PostgreSql", connectionString = chat.NewDatabase.ConnectionString + more },
    };

    private static async Task<(HttpStatusCode Status, string? Code, string Text)> PutAsync(HttpClient client, object body, string id = "contoso")
    {
        using var answer = await client.PutAsJsonAsync($"api/v1/pool-pairs/{id}", body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : JsonDocument.Parse(text).RootElement.GetProperty("code").GetString(), text);
    }
}
