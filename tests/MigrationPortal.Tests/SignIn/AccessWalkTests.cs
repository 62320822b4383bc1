using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.SignIn.Access;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn;

/// <summary>Role × action × scope, walked in both directions against the running portal.</summary>
public sealed class AccessWalkTests
{
    [Fact]
    public async Task Actions_OfThePage_AreTheActingEndpoints()
    {
        await using var portal = await PortalApp.StartAsync();
        Assert.Equal(AccessMatrix.Acting.Keys.Order(StringComparer.Ordinal), portal.Get<RoleActions>().All.SelectMany(x => x.Requests).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryRole_AtEveryAction_IsLetInOrRefusedAsThePageSays()
    {
        await using var portal = await PortalApp.StartAsync();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = portal.ClientFor(Persona.All.First(x => x.Role == role).Id);
            foreach (var action in portal.Get<RoleActions>().All)
            {
                foreach (var request in action.Requests)
                {
                    var (status, code) = await SendAsync(client, request, "1", AccessMatrix.Acting[request]);
                    var isRefused = status is HttpStatusCode.Forbidden;
                    if (isRefused == action.Roles.Contains(role) || status is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest || (int)status >= 500)
                        wrong.Add($"{role} {request}: {(int)status} {code}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task EveryRole_AtWhatEveryRoleMayRead_IsLetIn()
    {
        await using var portal = await PortalApp.StartAsync();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = portal.ClientFor(Persona.All.First(x => x.Role == role).Id);
            foreach (var request in AccessMatrix.Read.Where(x => x.StartsWith("GET ", StringComparison.Ordinal)))
            {
                var (status, _) = await SendAsync(client, request, "1", "");
                if (status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.Redirect || (int)status >= 500)
                    wrong.Add($"{role} {request}: {(int)status}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Each scoped action on a real room or batch: with a role bounded to where that is, and to elsewhere.</summary>
    [Fact]
    public async Task BoundedRole_InsideAndOutsideItsBounds_IsLetInOrRefused()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        var (room, batch) = await MakeBatchAsync(portal);
        var proposal = await ProposeAsync(portal, room);
        var wrong = new List<string>();
        foreach (var action in portal.Get<RoleActions>().All.Where(x => x.IsScoped))
        {
            foreach (var role in action.Roles)
            {
                using var inside = await BoundedAsync(portal, role, "contoso", action.Requests.All(x => x.Contains("{pair}", StringComparison.Ordinal)) ? null : "Trading");
                using var outside = await BoundedAsync(portal, role, "contoso", "Research");
                foreach (var request in action.Requests)
                {
                    var id = request.Contains("/acceptance-proposals/", StringComparison.Ordinal) ? proposal : request.Contains("/rooms/", StringComparison.Ordinal) ? room : request.Contains("{pair}", StringComparison.Ordinal) ? "contoso" : batch;
                    var body = AccessMatrix.Acting[request].Replace("\"roomIds\":[\"1\"]", $"\"roomIds\":[\"{room}\"]", StringComparison.Ordinal)
                        .Replace("\"ids\":[\"1\"]", $"\"ids\":[\"{proposal}\"]", StringComparison.Ordinal);
                    await portal.Database.ExecuteAsync($"update portal.acceptance_proposals set state = 'Open' where id = {proposal}");
                    await portal.Database.ExecuteAsync($"update portal.batches set state = '{StateFor(request)}' where id = {batch}");
                    var (status, code) = await SendAsync(outside, request, id, body);
                    if (code != "out-of-scope")
                        wrong.Add($"{role} outside {request}: {(int)status} {code}");
                    (status, code) = await SendAsync(inside, request, id, body);
                    if (status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                        wrong.Add($"{role} inside {request}: {(int)status} {code}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static async Task<string> ProposeAsync(PortalApp portal, string room) => (await portal.Database.ScalarAsync<long>(
        $"insert into portal.acceptance_proposals (room_id, pool_pair_id, by, at, reason, differences, messages, state) values ({room}, 'contoso', 'planner', now(), 'r', '{{Messages}}', '1', 'Open') returning id"))
        .ToString(System.Globalization.CultureInfo.InvariantCulture);

    // DELETE is refused for its bounds before its state is looked at; the others want their own state to get that far.
    private static string StateFor(string request) => request switch
    {
        _ when request.EndsWith("/start", StringComparison.Ordinal) => "Approved",
        _ when request.EndsWith("/approve", StringComparison.Ordinal) || request.EndsWith("/send-back", StringComparison.Ordinal) => "InReview",
        _ when request.StartsWith("DELETE", StringComparison.Ordinal) => "Approved",
        _ => "Draft",
    };

    private static async Task<(string Room, string Batch)> MakeBatchAsync(PortalApp portal)
    {
        using var planner = portal.ClientFor("planner");
        var rooms = await planner.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/rooms?search=Swaps");
        var room = rooms.GetProperty("items")[0].GetProperty("id").GetString()!;
        using var made = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", roomIds = new[] { room } });
        var batch = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using var submitted = await planner.PostAsJsonAsync($"api/v1/batches/{batch}/submit", new { acknowledgeWarnings = true });
        Assert.Equal(HttpStatusCode.OK, submitted.StatusCode);
        return (room, batch);
    }

    private static async Task<HttpClient> BoundedAsync(PortalApp portal, Role role, string pair, string? category)
    {
        using var owner = portal.ClientFor(Persona.All.First(x => x.Role == role).Id);
        using var made = await owner.PostAsJsonAsync("api/v1/me/tokens", new { label = "bounded", roles = new[] { role.ToString() }, poolPairId = pair, category });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var client = portal.AnonymousClient();
        var secret = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString();
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return client;
    }

    private static async Task<(HttpStatusCode Status, string? Code)> SendAsync(HttpClient client, string request, string id, string body)
    {
        var (method, pattern) = (request.Split(' ')[0], request.Split(' ')[1]);
        using var message = new HttpRequestMessage(new HttpMethod(method), AccessMatrix.Concrete(pattern, id));
        if (body.Length > 0)
            message.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        var isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
        return (response.StatusCode, isProblem ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : null);
    }
}
