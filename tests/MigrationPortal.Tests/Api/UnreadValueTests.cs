using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Api;

/// <summary>A query value that cannot be read is named with what it should be, at every endpoint that takes one.</summary>
public sealed partial class UnreadValueTests
{
    [Fact]
    public async Task Send_ValueOfAnotherType_IsNamedAtEveryEndpoint()
    {
        await using var portal = await PortalApp.StartAsync();
        var clients = Persona.All.Select(x => portal.ClientFor(x.Id)).ToList();
        var cases = Cases(await clients[0].GetFromJsonAsync<JsonElement>("openapi/v1.json")).ToList();
        var wrong = new List<string>();
        foreach (var (method, path, name) in cases)
        {
            var (status, text) = await AskAsync(clients, method, $"{Places().Replace(path.Replace("{guid}", Guid.Empty.ToString(), StringComparison.Ordinal), "1")}?{name}=some");
            var answer = status is null ? default : JsonDocument.Parse(text).RootElement;
            if (status != HttpStatusCode.BadRequest || answer.GetProperty("code").GetString() != "malformed-request" || !answer.GetProperty("detail").GetString()!.StartsWith(name, StringComparison.Ordinal))
                wrong.Add($"{method} {path} {name}: {status} {text}");
        }

        clients.ForEach(x => x.Dispose());
        Assert.Empty(wrong);
        Assert.True(cases.Count > 20, $"{cases.Count} parameters of the document were tried.");
        Assert.Contains(cases, x => x.Name == "take");
    }

    // Whoever may: the right is asked for before the query is read.
    private static async Task<(HttpStatusCode? Status, string Text)> AskAsync(List<HttpClient> clients, string method, string address)
    {
        foreach (var client in clients)
        {
            using var message = new HttpRequestMessage(new HttpMethod(method), address) { Content = method == "GET" ? null : JsonContent.Create(new { }) };
            using var response = await client.SendAsync(message);
            if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized))
                return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        return (null, "Nobody may.");
    }

    private static IEnumerable<(string Method, string Path, string Name)> Cases(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        where method.Value.ValueKind == JsonValueKind.Object && method.Value.TryGetProperty("parameters", out _)
        from parameter in method.Value.GetProperty("parameters").EnumerateArray()
        where parameter.GetProperty("in").GetString() == "query" && IsTyped(parameter.GetProperty("schema"))
        select (method.Name.ToUpperInvariant(), path.Name, parameter.GetProperty("name").GetString()!);

    // A number, a time, a guid or a truth value; {"pattern": …, "type": ["integer", "string"], "format": "int32"}.
    private static bool IsTyped(JsonElement schema) =>
        schema.TryGetProperty("format", out var format) && format.GetString() is "int32" or "int64" or "double" or "date-time" or "uuid"
        || schema.TryGetProperty("type", out var type) && type.ToString().Contains("boolean", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Places();
}
