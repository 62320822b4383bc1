using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using MigrationPortal.SignIn.Access;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn.Sessions;

namespace MigrationPortal.Tests.SignIn.Access;

/// <summary>Sessions, tokens and people are pages with their true totals, however many there are.</summary>
public sealed class AccessListsTests
{
    private const int More = 1_100;

    [Theory]
    [InlineData("sessions", "portal.sessions", "'key_hash', '\\x' || md5(i::text)")]
    [InlineData("me/sessions", "portal.sessions", "'key_hash', '\\x' || md5(i::text)")]
    [InlineData("tokens", "portal.api_tokens", "'hash', '\\x' || md5(i::text)")]
    [InlineData("me/tokens", "portal.api_tokens", "'hash', '\\x' || md5(i::text)")]
    [InlineData("people", "portal.people", "'key', 'copy' || i, 'name', 'copy' || i")]
    public async Task Lists_OfMoreThanAThousand_GiveEveryRowOnceAndTheTrueTotal(string list, string table, string unique)
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        using var program = portal.ClientFor("administrator");
        using var token = await program.PostAsJsonAsync("api/v1/me/tokens", new { label = "mine", roles = new[] { "Administrator" }, days = 7 });
        await CopyAsync(portal, table, unique);
        var total = await portal.Database.ScalarAsync<int>($"select count(*) from {table}");

        var (totals, keys) = (new HashSet<long>(), new List<string>());
        for (var skip = 0; skip < total; skip += 500)
        {
            var page = await browser.Http.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/{list}?skip={skip}&take=500", UriKind.Relative));
            totals.Add(page.GetProperty("total").GetInt64());
            keys.AddRange(page.GetProperty("items").EnumerateArray().Select(x => x.TryGetProperty("id", out var id) ? id.ToString() : x.GetProperty("name").GetString()!));
        }

        Assert.True(total > More);
        Assert.Equal([total], totals);
        Assert.Equal(total, keys.Distinct().Count());
        Assert.Equal(total, keys.Count);
        using var file = await browser.Http.GetAsync(new Uri($"api/v1/{list}/export", UriKind.Relative));
        Assert.Equal(total + 1, (await file.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Pages_OfMoreThanAThousand_LeadToTheLastOne()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        await CopyAsync(portal, "portal.sessions", "'key_hash', '\\x' || md5(i::text)");
        await CopyAsync(portal, "portal.people", "'key', 'copy' || i, 'name', 'copy' || i");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));

        var sessions = context.Render<SessionsPage>();
        sessions.WaitForAssertion(() => Assert.Contains(sessions.FindAll(".pager a"), x => x.GetAttribute("href") == "/administration/sessions?skip=1100"));
        var roles = context.Render<RolesPage>();
        roles.WaitForAssertion(() => Assert.Contains(roles.FindAll(".pager a"), x => x.GetAttribute("href") == "/administration/roles?skip=1100"));
        var me = context.Render<MePage>();
        me.WaitForAssertion(() => Assert.Contains(me.FindAll(".pager a"), x => x.GetAttribute("href") == "/me?skip=1100"));
    }

    [Fact]
    public async Task Pages_FarPastTheEnd_ShowTheLastOneAndLeadBack()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "administrator");
        await CopyAsync(portal, "portal.sessions", "'key_hash', '\\x' || md5(i::text)");
        await CopyAsync(portal, "portal.people", "'key', 'copy' || i, 'name', 'copy' || i");
        await using var context = new PageContext(portal.Services, await SessionTests.CallerAsync(portal, browser));

        var sessions = context.At("/administration/sessions?skip=2147483647").Render<SessionsPage>();
        sessions.WaitForAssertion(() => Assert.Equal(["/administration/sessions", "/administration/sessions?skip=1050"], sessions.FindAll(".pager a").Select(x => x.GetAttribute("href"))));
        Assert.NotEmpty(sessions.FindAll("tbody tr[data-row]"));
        var roles = context.At("/administration/roles?skip=9999&grants-skip=9999").Render<RolesPage>();
        roles.WaitForAssertion(() => Assert.Equal(["/administration/roles", "/administration/roles?skip=1050"], roles.FindAll(".pager a").Select(x => x.GetAttribute("href"))));
        var me = context.At("/me?skip=9999").Render<MePage>();
        me.WaitForAssertion(() => Assert.Contains(me.FindAll(".pager a"), x => x.GetAttribute("href") == "/me?skip=1050"));
    }

    private static Task CopyAsync(PortalApp portal, string table, string unique) => portal.Database.ExecuteAsync($"""
        insert into {table} select (jsonb_populate_record(x, jsonb_build_object('id', 1000000 + i, {unique}))).*
        from {table} x, generate_series(1, {More}) i where x.id = (select min(id) from {table})
        """);
}
