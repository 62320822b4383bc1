using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Tests.Api;

/// <summary>Draws what a schema of the OpenAPI document asks for, and often something else.</summary>
internal sealed class RandomValues(Random random, JsonElement document)
{
    // Deeper than any body of the portal.
    private const int MaxDepth = 6;

    private static readonly string[] _texts =
    [
        "", " ", "\t\n", "\0", "a\0b", "\ud800", "x\udc00y", "%", "_", "\\", "'", "\"; drop table x; --", "-1", "0", "1", "2147483648", "9223372036854775807", "99999999999999999999",
        "NaN", "true", "null", "[]", "{}", ",", ",,", "-", "--", "../..", "%00", "%ED%A0%80", "\u202Egnp.exe", "\u200B", "Café", "e\u0301", "😀", "I", "ı", "İ", "ß", "2026-11-30T08:00:00Z", "0001-01-01", "9999-12-31T23:59:59+14:00",
        "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", new('a', 300), new('\u20ac', 5_000), string.Concat(Enumerable.Repeat("😀", 2_000)),
    ];

    // Clients send their own offset, and years that no calendar of a server expects.
    private static readonly string[] _moments =
    [
        "2026-12-24T08:00:00Z", "2099-12-24T08:00:00+05:30", "2099-03-29T02:30:00+01:00", "2099-12-24T08:00:00-11:00", "2099-12-24T08:00:00", "2024-02-29T23:59:59.9999999+14:00",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59+14:00",
    ];

    private static readonly string[] _dates = ["2026-12-24", "2024-02-29", "2027-02-29", "0001-01-01", "9999-12-31"];

    private static readonly string[] _times = ["00:00:00", "22:00", "06:00:00", "23:59:59.9999999", "24:00:00", "12:00"];

    private static readonly string[] _words =
    [
        "contoso", "Trading", "General", "Name", "-Messages", "Category", "OnlyLegacy", "Same,Different", "OnlyNew", "Draft", "Approved", "Running", "Gains", "Federated", "There", "LeftOut", "Wave 1", "a reason that is long enough",
        "ServicesStopped", "BackupTaken", "UnsupportedWrite", "Planner", "Approver", "Blocker", "Room", "Create",
    ];

    private readonly JsonElement _schemas = document.GetProperty("components").GetProperty("schemas");

    public bool IsRarely(int oneIn) => random.Next(oneIn) == 0;

    public T Of<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public string Text() => random.Next(4) switch
    {
        0 or 1 => Of(_words),
        2 => Of(_texts),
        _ => new string([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)random.Next(IsRarely(10) ? 0x10000 : 0x7f))]),
    };

    /// <summary>For an address: a number where one is asked for, mostly of something that is there.</summary>
    public string Parameter(JsonElement schema, string name)
    {
        if (IsRarely(8))
            return Text();
        var types = Types(schema);
        return types.Contains("integer") ? Whole().ToString(CultureInfo.InvariantCulture)
            : types.Contains("boolean") ? Of(["true", "false"])
            : name == "pair" || name == "poolPairId" ? "contoso" : Time(schema) ?? Text();
    }

    public JsonNode? Body(JsonElement schema, int depth = 0)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return Anything();
        if (schema.TryGetProperty("$ref", out var reference))
            schema = _schemas.GetProperty(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("oneOf", out var kinds) || schema.TryGetProperty("anyOf", out kinds))
            return Body(Of(kinds.EnumerateArray().ToList()), depth);
        if (depth == MaxDepth || IsRarely(25))
            return Anything();
        if (schema.TryGetProperty("enum", out var names))
            return IsRarely(4) ? Anything() : JsonNode.Parse(Of(names.EnumerateArray().ToList()).GetRawText());
        var types = Types(schema);
        return types.Contains("object") || schema.TryGetProperty("properties", out _) ? Members(schema, depth)
            : types.Contains("array") && schema.TryGetProperty("items", out var one) ? new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => IsRarely(5) ? null : Body(one, depth + 1))])
            : types.Contains("integer") ? IsRarely(2) ? Whole() : Whole().ToString(CultureInfo.InvariantCulture)
            : types.Contains("boolean") ? IsRarely(2)
            : Time(schema) ?? Text();
    }

    /// <summary>For an operation that reads its body by itself, and so has none in the document.</summary>
    public JsonNode? Untold() => IsRarely(3) ? Anything() : new JsonObject { ["reason"] = Text(), ["text"] = Text(), ["acknowledgeWarnings"] = IsRarely(2), ["confirmations"] = new JsonArray(Text()) };

    private JsonObject Members(JsonElement schema, int depth)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var member in properties.EnumerateObject().Where(_ => !IsRarely(4)))
                made[member.Name] = member.Name == "poolPairId" && !IsRarely(4) ? "contoso" : Body(member.Value, depth + 1);
        if (schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object)
            made[IsRarely(2) ? Whole().ToString(CultureInfo.InvariantCulture) : Text()] = Body(values, depth + 1);
        return made;
    }

    private JsonNode? Anything() => random.Next(6) switch
    {
        0 => null,
        1 => Text(),
        2 => Whole(),
        3 => new JsonArray(Text(), Whole(), null),
        4 => new JsonObject { ["a"] = Text(), ["name"] = new JsonObject() },
        _ => IsRarely(2),
    };

    private long Whole() => random.Next(8) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue,
        2 => -random.Next(10),
        3 => random.NextInt64(),
        _ => random.Next(1, 12),
    };

    // Null where the schema asks for no time.
    private string? Time(JsonElement schema) => schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("format", out var format) ? null : format.GetString() switch
    {
        "date-time" => Of(_moments),
        "date" => Of(_dates),
        "time" => Of(_times),
        _ => null,
    };

    private static HashSet<string?> Types(JsonElement schema) => schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(x => x.GetString())] : [type.GetString()];
}
