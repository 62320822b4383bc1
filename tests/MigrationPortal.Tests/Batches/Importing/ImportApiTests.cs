using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Batches.Importing;

public sealed class ImportApiTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("es")]
    public async Task ExportedRooms_Imported_AreTheSameRooms(string language)
    {
        var pool = new PoolBuilder().Category("Trading").Category("x, \"y\"; z / w", "Trading");
        string[] names = ["=1+1", "-", "'=", "''", "a;b", "a,b", "\"quoted\"", " spaced ", "line\nbreak", "Ünï 😀", "@x", "+1"];
        for (var i = 0; i < names.Length; i++)
            pool.Room(names[i], i % 2 == 0 ? "Trading" : "x, \"y\"; z / w");
        await using var portal = await BatchApiTests.ScannedAsync(pool);
        using var planner = portal.ClientFor("planner");
        var file = await planner.GetByteArrayAsync(new Uri($"api/v1/pool-pairs/contoso/rooms/export?lang={language}", UriKind.Relative));
        var all = await planner.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/rooms?take=1000");
        var ids = all.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("id").GetString()).ToList();

        var judged = await PostAsync(planner, "batches/rooms/judge?poolPairId=contoso&take=1000", file);
        Assert.Equal(names.Length, judged.GetProperty("counts").GetProperty("Addable").GetInt32());
        Assert.Equal(ids, judged.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("roomId").GetString()));

        // By names and categories alone, without the columns that name a room for sure.
        var lines = await CsvRowsAsync(planner, $"pool-pairs/contoso/rooms/export?lang={language}");
        var byName = MigrationPortal.Tests.Lists.ExportApiTests.Without(lines, 0, 1);
        judged = await PostAsync(planner, "batches/rooms/judge?poolPairId=contoso&take=1000", byName);
        Assert.Equal(ids, judged.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("roomId").GetString()));

        using var made = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", roomIds = new[] { ids[0] } });
        var batch = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var imported = await PostAsync(planner, $"batches/{batch}/rooms/import?rows=good", file);
        Assert.Equal(names.Length - 1, imported.GetProperty("added").GetInt32());
        Assert.Equal(1, imported.GetProperty("counts").GetProperty("InThisBatch").GetInt32());
    }

    [Fact]
    public async Task Judged_AsAFile_SaysOfEachRowWhatBecomesOfIt()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var viewer = portal.ClientFor("viewer");
        using var content = new ByteArrayContent("Room\n=Gone\nDesk\n"u8.ToArray());
        using var response = await viewer.PostAsync(new Uri("api/v1/batches/rooms/judge/export?poolPairId=contoso", UriKind.Relative), content);
        var rows = await MigrationPortal.Tests.Lists.ExportApiTests.RowsAsync(response);
        Assert.Equal(["Line", "Row", "Result", "Details", "Room ID", "Room", "Category"], rows[0]);
        Assert.Equal(
            [("2", "'=Gone", "No such room", "", ""), ("3", "Desk", "Not in your roles", "Desk", "Trading")],
            rows.Skip(1).Select(x => (x[0], x[1], x[2], x[5], x[6])));

        using var unknown = await viewer.PostAsync(new Uri("api/v1/batches/rooms/judge/export", UriKind.Relative), new ByteArrayContent("Room\nDesk\n"u8.ToArray()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
    }

    [Fact]
    public async Task Import_OfABadFile_IsOneSentence()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var response = await planner.PostAsync(new Uri("api/v1/batches/rooms/judge?poolPairId=contoso&lang=de", UriKind.Relative), new ByteArrayContent("PK\u0003\u0004"u8.ToArray()));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "csv-invalid"), (response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.StartsWith("Die Datei ist eine Arbeitsmappe.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static Task<List<string[]>> CsvRowsAsync(HttpClient client, string path) => MigrationPortal.Tests.Lists.ExportApiTests.CsvAsync(client, path);

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, byte[] file)
    {
        using var response = await client.PostAsync(new Uri($"api/v1/{path}", UriKind.Relative), new ByteArrayContent(file));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
