using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.SignIn.Development;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.Tokens;

public sealed class TokenTests
{
    [Fact]
    public async Task Token_Made_IsShownOnceAndStoredHashed()
    {
        await using var portal = await PortalApp.StartAsync();
        var secret = await MakeAsync(portal, "planner", "Planner");
        using var program = portal.AnonymousClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", secret);

        Assert.Contains("\"planner\"", await program.GetStringAsync("api/v1/me"), StringComparison.Ordinal);
        Assert.Equal(0, await portal.Database.ScalarAsync<int>($"select count(*) from portal.api_tokens t where t::text like '%{secret[8..]}%'"));
        Assert.Equal(0, await portal.Database.ScalarAsync<int>($"select count(*) from portal.audit_entries t where t::text like '%{secret[8..]}%'"));
        var mine = await program.GetFromJsonAsync<JsonElement>("api/v1/me/tokens");
        Assert.DoesNotContain(secret, mine.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, mine.GetProperty("items")[0].GetProperty("lastUsedAt").ValueKind);
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'TokenUsed'"));
    }

    [Theory]
    [InlineData("revoked_at = now()")]
    [InlineData("expires_at = now()")]
    public async Task Token_RevokedOrExpired_LetsNobodyInAndIsRecorded(string change)
    {
        await using var portal = await PortalApp.StartAsync();
        using var program = portal.AnonymousClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", await MakeAsync(portal, "planner", "Planner"));
        await portal.Database.ExecuteAsync($"update portal.api_tokens set {change}");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program));
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'TokenRefused'"));
    }

    [Fact]
    public async Task Token_UsedAfterItWasRefusedOnTheSameDay_HasTheRowOfTheDay()
    {
        await using var portal = await PortalApp.StartAsync();
        using var program = portal.AnonymousClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", await MakeAsync(portal, "planner", "Planner"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));
        await portal.Database.ExecuteAsync("update portal.api_tokens set last_used_at = last_used_at - interval '1 day'; update portal.people set barred = '\"disabled\"'");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program));

        await portal.Database.ExecuteAsync("update portal.people set barred = null");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));

        Assert.Equal(2, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'TokenUsed'"));
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'TokenRefused'"));
    }

    [Theory]
    [InlineData("barred = '\"disabled\"'")]
    [InlineData("memberships = '{\"groups\":[],\"appRoles\":[]}'")]
    public async Task Token_OwnerLosesEverything_LosesItToo(string change)
    {
        await using var portal = await PortalApp.StartAsync();
        using var program = portal.AnonymousClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", await MakeAsync(portal, "planner", "Planner"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));
        await portal.Database.ExecuteAsync($"update portal.people set {change}");
        Assert.True(await StatusAsync(program) is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Everybodys_AskedForByOthersThanAdministrators_AreNone()
    {
        await using var portal = await PortalApp.StartAsync();
        await MakeAsync(portal, "planner", "Planner");
        var (planner, administrator) = (Persona.Find("planner")!.ToCaller(), Persona.Find("administrator")!.ToCaller());
        var tokens = portal.Get<TokenQueries>();

        var refused = tokens.StreamAll(planner, CancellationToken.None);
        Assert.NotNull(refused.Refusal);
        Assert.Empty(await refused.Rows.ToListAsync());
        var given = tokens.StreamAll(administrator, CancellationToken.None);
        Assert.Null(given.Refusal);
        Assert.NotEmpty(await given.Rows.ToListAsync());
        var sessions = portal.Get<SessionQueries>();
        Assert.Equal((false, true), (sessions.StreamAll(planner, CancellationToken.None).Refusal is null, sessions.StreamAll(administrator, CancellationToken.None).Refusal is null));
    }

    [Fact]
    public async Task Token_MoreThanItsOwner_IsRefused()
    {
        await using var portal = await PortalApp.StartAsync();
        using var planner = portal.ClientFor("planner");
        using var refused = await planner.PostAsJsonAsync("api/v1/me/tokens", new { label = "x", roles = new[] { "Planner", "Approver" } });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("not-your-role", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_AskedToMakeATokenOrToRevokeAnothers_IsRefused()
    {
        await using var portal = await PortalApp.StartAsync();
        await MakeAsync(portal, "viewer", "Viewer");
        using var program = portal.AnonymousClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", await MakeAsync(portal, "planner", "Planner"));
        using var made = await program.PostAsJsonAsync("api/v1/me/tokens", new { label = "child", roles = new[] { "Planner" } });
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
        using var revoked = await program.DeleteAsync(new Uri("api/v1/me/tokens/1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, revoked.StatusCode);
    }

    [Fact]
    public async Task Revoke_OwnOrAsAdministrator_EndsItAtOnce()
    {
        await using var portal = await PortalApp.StartAsync();
        using var first = portal.AnonymousClient();
        first.DefaultRequestHeaders.Authorization = new("Bearer", await MakeAsync(portal, "planner", "Planner"));
        using var second = portal.AnonymousClient();
        second.DefaultRequestHeaders.Authorization = new("Bearer", await MakeAsync(portal, "planner", "Planner"));
        using var planner = portal.ClientFor("planner");
        using var administrator = portal.ClientFor("administrator");
        var own = await planner.DeleteAsync(new Uri("api/v1/me/tokens/1", UriKind.Relative));
        var others = await administrator.DeleteAsync(new Uri("api/v1/tokens/2", UriKind.Relative));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (own.StatusCode, others.StatusCode));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await StatusAsync(first), await StatusAsync(second)));
        foreach (var action in new[] { "TokenCreated", "TokenRevoked" })
            Assert.Equal(2, await portal.Database.ScalarAsync<int>($"select count(*) from portal.audit_entries where action = '{action}'"));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("api/v1/me", UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<string> MakeAsync(PortalApp portal, string persona, params string[] roles)
    {
        using var client = portal.ClientFor(persona);
        using var made = await client.PostAsJsonAsync("api/v1/me/tokens", new { label = "night job", roles, days = 7 });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
    }
}
