using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Api;

/// <summary>Whatever anybody sends, the portal answers what was asked or why not, and never by failing.</summary>
public sealed class RandomRequestTests(ITestOutputHelper output)
{
    /// <summary>Of all personas together, a little over a minute; <c>tests/soak.sh</c> sends ten times as many.</summary>
    private static readonly int _requests = int.TryParse(Environment.GetEnvironmentVariable("TEST_REQUESTS"), CultureInfo.InvariantCulture, out var asked) ? asked : 25_000;

    [Fact]
    public async Task Send_RequestsDrawnFromTheOpenApiDocument_NeverFails()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.RanAsync(ChatWorld.General);
        var seed = TestSeed.Draw(output);
        var clients = Persona.All.Select(x => (x.Id, Client: world.Portal.ClientFor(x.Id))).Append(("nobody", Client: world.Portal.AnonymousClient())).ToList();
        var document = await clients[0].Client.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        var (faults, statuses) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>());

        await Parallel.ForAsync(0, _requests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, token) =>
        {
            var (persona, client) = clients[number % clients.Count];
            var request = RandomRequest.Draw(seed, number, document);
            using var message = request.Message();
            using var response = await client.SendAsync(message, token);
            var text = await response.Content.ReadAsStringAsync(token);
            var status = (int)response.StatusCode;
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            // The server itself refuses U+0000 in a path, and an address that is too long, without a body.
            var isTold = status < 400 || (text.Length == 0 && (request.Address.Split('?')[0].Contains("%00", StringComparison.Ordinal) || request.Address.Length > 8_000)) || (response.Content.Headers.ContentType?.MediaType == "application/problem+json" && JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()?.Length > 0);
            if (status >= 500 || text.Contains("   at ", StringComparison.Ordinal) || !isTold)
                faults.Enqueue($"{number} {persona} {request}\n  {status} {(text.Length > 300 ? text[..300] : text)}");
        });

        output.WriteLine(string.Join(", ", statuses.OrderBy(x => x.Key).Select(x => $"{x.Key}: {x.Value}")));
        clients.ForEach(x => x.Client.Dispose());
        Assert.True(faults.IsEmpty, $"{faults.Count} of {_requests}, seed {seed}:\n{string.Join('\n', faults.DistinctBy(x => x.Split('\n')[0][(x.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Take(20))}");
        Assert.True(statuses.Count > 5, "Requests of every kind were meant.");
    }
}
