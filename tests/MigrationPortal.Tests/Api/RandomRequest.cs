using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Tests.Api;

/// <summary>One request out of the OpenAPI document. Its number and the seed make it again.</summary>
internal sealed record RandomRequest(string Operation, string Address, string? Body, string ContentType, string? Key, string? Version)
{
    private static readonly string[] _methods = ["get", "post", "put", "patch", "delete"];

    public static RandomRequest Draw(int seed, int number, JsonElement document)
    {
        var values = new RandomValues(new Random(unchecked((seed * 486_187_739) ^ number)), document);
        var (path, item) = values.Of(document.GetProperty("paths").EnumerateObject().Select(x => (x.Name, x.Value)).ToList());
        var operation = values.Of(item.EnumerateObject().Where(x => _methods.Contains(x.Name, StringComparer.Ordinal)).ToList());
        var address = new StringBuilder(path);
        var query = new List<string>();
        List<JsonElement> asked = operation.Value.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];
        foreach (var parameter in asked)
        {
            var (name, schema) = (parameter.GetProperty("name").GetString()!, parameter.TryGetProperty("schema", out var found) ? found : default);
            if (parameter.GetProperty("in").GetString() == "path")
                address.Replace($"{{{name}}}", Escape(values.Parameter(schema, name) is { Length: > 0 } text ? text : "1"));
            else if (values.IsRarely(2))
                query.Add($"{name}={Escape(values.Parameter(schema, name))}");
        }

        var body = operation.Name == "get" || values.IsRarely(12) ? null
            : Text(operation.Value.TryGetProperty("requestBody", out var sent) ? values.Body(sent.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema")) : values.Untold());
        if (body is not null && values.IsRarely(20))
            body = body[..(body.Length / 2)];
        return new(
            $"{operation.Name.ToUpperInvariant()} {path}", query.Count > 0 ? $"{address}?{string.Join('&', query)}" : address.ToString(), body,
            values.IsRarely(20) ? "text/plain" : "application/json", values.IsRarely(8) ? Escape(values.Text()) : null, values.IsRarely(8) ? Escape(values.Text()) : null);
    }

    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(new HttpMethod(Operation.Split(' ')[0]), new Uri(Address, UriKind.Relative));
        if (Body is not null)
            message.Content = new StringContent(Body, Encoding.UTF8, ContentType);
        if (Key is not null)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", Key);
        if (Version is not null)
            message.Headers.TryAddWithoutValidation("If-Match", Version);
        return message;
    }

    public override string ToString() => $"{Operation}\n  {Shortened(Address)}\n  {Shortened(Body ?? "")}{(Key is null ? "" : $"\n  key {Shortened(Key)}")}";

    private static string Shortened(string text) => text.Length > 400 ? text[..400] + "…" : text;

    // Halves of surrogate pairs as CESU-8 writes them: .NET's own escaping replaces them.
    private static string Escape(string text) => string.Concat(text.EnumerateRunes().Select(x => x.Value == 0xFFFD ? "%ED%A0%80" : Uri.EscapeDataString(x.ToString())));

    // JsonNode writes a half of a pair as U+FFFD; the document's own escape gives it back.
    private static string Text(JsonNode? body) => (body?.ToJsonString() ?? "null").Replace("\\uFFFD", "\\ud800", StringComparison.OrdinalIgnoreCase);
}
