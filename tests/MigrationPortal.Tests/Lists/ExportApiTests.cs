using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsvHelper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Lists;

/// <summary>Every list as a file: its rows under the same filters, its titles in the reader's language, for whoever may read the list.</summary>
public sealed class ExportApiTests
{
    [Fact]
    public async Task EveryList_AsFile_HasTitlesInEachLanguageAndOpensInBothFormats()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        var batch = await MakeBatchAsync(portal);
        using var planner = portal.ClientFor("planner");
        using var auditor = portal.ClientFor("auditor");
        using var administrator = portal.ClientFor("administrator");
        var room = (await planner.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/rooms?search=Desk")).GetProperty("items")[0].GetProperty("id").GetString();
        var person = $"pool-pairs/contoso/principals/{(await planner.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/principals?search=kim")).GetProperty("items")[0].GetProperty("guid").GetString()}";
        string[] lists =
        [
            "pool-pairs/contoso/rooms/export", "pool-pairs/contoso/principals/export", "batches/export", $"batches/{batch}/rooms/export", $"batches/{batch}/preflight/export",
            $"batches/{batch}/plan/export", $"batches/{batch}/right-changes/export", "runs/export", $"batches/{batch}/runs/export", $"batches/{batch}/verification/export", "inbox/export", "audit/export",
            $"rooms/{room}/people/export", $"rooms/{room}/history/export", $"rooms/{room}/files/export", $"batches/{batch}/timeline/export", $"{person}/rooms/export", $"{person}/changes/export",
            "jobs/export", "roles/grants/export", "pool-pairs/contoso/history/export", "pool-pairs/contoso/policy/versions/export", $"batches/{batch}/categories/export",
            "notifications/export", "deliveries/export", "me/sessions/export", "me/tokens/export", "sessions/export", "tokens/export", "people/export",
            "pool-pairs/contoso/windows/export", "windows/export", "webhooks/export",
        ];
        foreach (var list in lists)
        {
            var client = list.StartsWith("audit", StringComparison.Ordinal) ? auditor : list is "deliveries/export" or "sessions/export" or "tokens/export" or "people/export" or "webhooks/export" ? administrator : planner;
            var titles = new List<string>();
            foreach (var language in new[] { "en", "de", "es" })
            {
                var rows = await CsvAsync(client, $"{list}?format=csv&lang={language}");
                // A key without a text would stand there as it is: one word in capitals like RoomId.
                Assert.DoesNotContain(rows[0], x => x is "RoomId" or "LegacyRoom" or "PersonGuid" or "BatchId" or "RunId" or "LegacyRights" or "LegacySize" or "ReadAt" or "FileBytes" or "SignedIn" or "TokenStart" or "LastActive" or "SecondPerson" or "CategoryGuid" or "AlreadyThere" or "WindowName" or "BeginsOn" or "TimeZone" or "AddressHost" or "CreatedBy" || x.Length == 0);
                Assert.All(rows, x => Assert.Equal(rows[0].Length, x.Length));
                titles.Add(string.Join('|', rows[0]));
            }

            Assert.Equal(3, titles.Distinct(StringComparer.Ordinal).Count());
            using var xlsx = await client.GetAsync(new Uri($"api/v1/{list}?format=xlsx", UriKind.Relative));
            Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.Content.Headers.ContentType!.MediaType);
            using var book = SpreadsheetDocument.Open(new MemoryStream(await xlsx.Content.ReadAsByteArrayAsync()), isEditable: false);
            Assert.Empty(new OpenXmlValidator().Validate(book).Select(x => $"{list}: {x.Description}"));
        }
    }

    [Fact]
    public async Task Rooms_AsFile_KeepFilterAndOrderAndGuardFormulas()
    {
        await using var portal = await BatchApiTests.ScannedAsync(new PoolBuilder().Category("Trading").Room("=HYPERLINK(\"http://a\")", "Trading").Room("Swaps; \"old\"", "Trading").Room("Repo", "Trading"));
        using var viewer = portal.ClientFor("viewer");
        var rows = await CsvAsync(viewer, "pool-pairs/contoso/rooms/export?sort=-name");
        var name = Array.IndexOf(rows[0], "Legacy room");
        Assert.Equal(["Swaps; \"old\"", "Repo", "'=HYPERLINK(\"http://a\")"], rows.Skip(1).Select(x => x[name]));
        rows = await CsvAsync(viewer, "pool-pairs/contoso/rooms/export?search=repo");
        Assert.Equal(["Repo"], rows.Skip(1).Select(x => x[name]));
        await AssertProblemAsync(viewer, "pool-pairs/contoso/rooms/export?format=pdf", HttpStatusCode.UnprocessableEntity, "invalid-filter");
        await AssertProblemAsync(viewer, "pool-pairs/nowhere/rooms/export", HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Rooms_OfALargePool_AreAllThereInOneFile()
    {
        var pool = new PoolBuilder().Category("Trading");
        for (var i = 0; i < 2500; i++)
            pool.Room($"Room {i:0000}", "Trading");
        await using var portal = await BatchApiTests.ScannedAsync(pool);
        using var viewer = portal.ClientFor("viewer");
        var rows = await CsvAsync(viewer, "pool-pairs/contoso/rooms/export");
        var name = Array.IndexOf(rows[0], "Legacy room");
        Assert.Equal(Enumerable.Range(0, 2500).Select(x => $"Room {x:0000}"), rows.Skip(1).Select(x => x[name]));
        using var xlsx = await viewer.GetAsync(new Uri("api/v1/pool-pairs/contoso/rooms/export?format=xlsx", UriKind.Relative));
        using var book = SpreadsheetDocument.Open(new MemoryStream(await xlsx.Content.ReadAsByteArrayAsync()), isEditable: false);
        Assert.Equal(2501, book.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().Count());
        Assert.Matches("""attachment; filename=rooms-contoso-\d{8}-\d{6}\.xlsx""", xlsx.Content.Headers.GetValues("Content-Disposition").Single());
    }

    [Fact]
    public async Task Audit_AsFile_IsForAuditorsAndIsRecorded()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        await MakeBatchAsync(portal);
        using var viewer = portal.ClientFor("viewer");
        await AssertProblemAsync(viewer, "audit/export?format=csv", HttpStatusCode.Forbidden, "not-allowed");
        using var auditor = portal.ClientFor("auditor");
        var rows = await CsvAsync(auditor, "audit/export?format=csv&action=BatchCreated");
        Assert.Equal(["Batch created"], rows.Skip(1).Select(x => x[Array.IndexOf(rows[0], "Event")]));
        var recorded = await auditor.GetFromJsonAsync<JsonElement>("api/v1/audit?action=AuditExported");
        Assert.Equal("BatchCreated", recorded.GetProperty("items")[0].GetProperty("details").GetProperty("action").GetString());
    }

    private static async Task<string> MakeBatchAsync(PortalApp portal)
    {
        using var planner = portal.ClientFor("planner");
        using var made = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = "Swaps" } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    internal static async Task<List<string[]>> CsvAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await RowsAsync(response);
    }

    internal static async Task<List<string[]>> RowsAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        using var csv = CsvReader.Create(await response.Content.ReadAsStreamAsync(), new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        return rows;
    }

    /// <summary>The same file without some of its columns, with semicolons.</summary>
    internal static byte[] Without(IEnumerable<string[]> rows, params int[] columns)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { Separator = ';' }, leaveOpen: true))
        {
            foreach (var row in rows)
                csv.WriteRecord([.. row.Where((_, i) => !columns.Contains(i))]);
        }

        return file.ToArray();
    }

    private static async Task AssertProblemAsync(HttpClient client, string path, HttpStatusCode status, string code)
    {
        using var response = await client.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative));
        Assert.Equal((status, code), (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
    }
}
