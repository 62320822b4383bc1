using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Api;

/// <summary>Whoever reads a list can read all of it, part by part.</summary>
public sealed class PagedListsTests
{
    private const string Api = "/api/v1";

    // What is answered whole, and what keeps it short.
    private static readonly Dictionary<string, string> _whole = new(StringComparer.Ordinal)
    {
        ["/batches/{id}"] = "one batch",
        ["/drafts"] = "200 for each person",
        ["/freeze"] = "one for each pool pair, and one for all",
        ["/pool-pairs"] = "as many as were set up",
        ["/pool-pairs/{pair}/checks"] = "a fixed list for each side",
        ["/pool-pairs/{pair}/connections"] = "one pool pair",
        ["/pool-pairs/{pair}/cut-over"] = "a fixed list of steps",
        ["/pool-pairs/{pair}/probe"] = "one pool pair",
        ["/pool-pairs/{pair}/scans/latest"] = "one scan",
        ["/pool-pairs/{pair}/summary"] = "sums",
        ["/pool-pairs/{pair}/views"] = "100 for each person, and 200 that others share",
        ["/pool-pairs/{pair}/windows"] = "50",
        ["/pool-pairs/{pair}/windows/preview"] = "what opens within 400 days",
        ["/roles"] = "as many as the portal has actions",
        ["/rooms/{id}"] = "one room",
        ["/rooms/{id}/months"] = "as many as the room is old",
        ["/webhooks"] = "50",
        ["/windows"] = "50",
    };

    [Fact]
    public async Task Document_EveryListThatIsRead_TakesSkipAndTakeOrIsBounded()
    {
        await using var portal = await PortalApp.StartAsync();
        using var viewer = portal.ClientFor("viewer");
        var document = await viewer.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var lists = (
            from path in document.GetProperty("paths").EnumerateObject()
            where path.Name.StartsWith(Api, StringComparison.Ordinal) && !IsFile(path.Name) && path.Value.TryGetProperty("get", out _)
            let operation = path.Value.GetProperty("get")
            where MayBeList(operation, schemas)
            select (Path: path.Name[Api.Length..], IsPaged: TakesParts(operation))).ToList();

        Assert.True(lists.Count(x => x.IsPaged) > 25, $"{lists.Count} lists of the document were looked at.");
        Assert.Equal(_whole.Keys.Order(StringComparer.Ordinal), lists.Where(x => !x.IsPaged).Select(x => x.Path).Order(StringComparer.Ordinal));
    }

    private static bool IsFile(string path) => path.EndsWith("/export", StringComparison.Ordinal) || path.EndsWith("/evidence", StringComparison.Ordinal);

    // What does not say what it answers may be one.
    private static bool MayBeList(JsonElement operation, JsonElement schemas) =>
        operation.GetProperty("responses").TryGetProperty("200", out var done)
        && (!done.TryGetProperty("content", out var content) || !content.TryGetProperty("application/json", out var json) || IsList(json.GetProperty("schema"), schemas));

    private static bool IsList(JsonElement schema, JsonElement schemas)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = schemas.GetProperty(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("oneOf", out var kinds) || schema.TryGetProperty("anyOf", out kinds))
            return kinds.EnumerateArray().Any(x => IsList(x, schemas));
        return (schema.TryGetProperty("type", out var type) && type.ToString().Contains("array", StringComparison.Ordinal))
            || (schema.TryGetProperty("properties", out var members) && members.TryGetProperty("items", out _));
    }

    private static bool TakesParts(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var asked) && asked.EnumerateArray().Count(x => x.GetProperty("name").GetString() is "skip" or "take") == 2;
}
