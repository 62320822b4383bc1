using System.Net;
using System.Text.Json;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Presence;

public sealed class PresenceApiTests
{
    [Fact]
    public async Task Get_Subject_ListsWhoIsThereAndNobodyElse()
    {
        await using var portal = await PortalApp.StartAsync();
        var store = portal.Get<PresenceStore>();
        var since = new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
        store.Enter("one", new("carla", "Carla", "batch:12", PresenceField.Options, since, false));
        store.Enter("two", new("omar", "Omar", "batch:1", null, since, false));
        using var client = portal.ClientFor("viewer");

        var answer = JsonDocument.Parse(await client.GetStringAsync("/api/v1/presence?subject=batch:12")).RootElement;

        Assert.Equal("""{"total":1,"items":[{"person":"carla","name":"Carla","editing":["Options"],"since":"2026-11-27T08:00:00+00:00","isHidden":false}]}""", answer.GetRawText());
    }

    [Fact]
    public async Task Get_SubjectInParts_HasThatPartAndTheTotal()
    {
        await using var portal = await PortalApp.StartAsync();
        var since = new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
        foreach (var (at, person) in new[] { "carla", "omar", "vera" }.Index())
            portal.Get<PresenceStore>().Enter(person, new(person, person, "batch:12", null, since.AddMinutes(at), false));
        using var client = portal.ClientFor("viewer");

        var answer = JsonDocument.Parse(await client.GetStringAsync("/api/v1/presence?subject=batch:12&skip=1&take=1")).RootElement;

        Assert.Equal((3, "omar"), (answer.GetProperty("total").GetInt32(), Assert.Single(answer.GetProperty("items").EnumerateArray()).GetProperty("person").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?subject=batch")]
    [InlineData("?subject=batch:12:13")]
    [InlineData("?subject=BATCH:x")]
    public async Task Get_WithoutASubject_IsRefused(string query)
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.ClientFor("viewer");

        using var answer = await client.GetAsync($"/api/v1/presence{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("subject-required", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
