using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationPortal.Api;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Api;

/// <summary>What no database holds and what no list knows is refused in one sentence, wherever it stands.</summary>
public sealed class UnusableTextTests
{
    [Fact]
    public async Task Request_WithUnusableTextOrUnknownWord_IsRefusedInASentence()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        string[] addresses =
        [
            "pool-pairs/contoso/rooms?search=%00", "pool-pairs/contoso/rooms?category=%00", "pool-pairs/contoso/principals?search=%00", "batches?search=%00", "batches/1/plan?search=%00", "audit?by=%00",
            "batches?%00=1", "pool-pairs/contoso/principals?mark=-1", "pool-pairs/contoso/principals?mark=1", "pool-pairs/contoso/principals?mark=Gains,Loses", "pool-pairs/contoso/rooms?sort=%20", "pool-pairs/contoso/rooms?sort=2",
            "pool-pairs/contoso/rooms?place=,", "pool-pairs/contoso/rooms?place=-1", "pool-pairs/contoso/rooms?comparison=0", "pool-pairs/contoso/rooms?skip=x", "batches?state=1",
        ];
        (string Method, string Address, string Body)[] bodies =
        [
            ("PUT", "rooms/1/left-out", """{"reason":"a\u0000bcdefghij"}"""), ("POST", "rooms/1/transcript", """{"reason":"a\u0000bcdefghij"}"""), ("POST", "me/tokens", """{"label":"a\u0000","roles":["Viewer"]}"""),
            ("PUT", "pool-pairs/contoso/cut-over/1", """{"owner":"a\u0000"}"""), ("PUT", "pool-pairs/contoso/cut-over/1", """{"owner":"a\ud800"}"""), ("POST", "batches/1/comments", """{"text":"\udc00"}"""),
            ("POST", "batches", """{"poolPairId":"contoso","name":"n","filter":{"search":"\u0000"}}"""), ("PATCH", "batches/1", """{"newNames":{"1":"\u0000"}}"""), ("PATCH", "batches/1", """{"options":5}"""),
            ("PATCH", "batches/1", """{"options":{"prefixSeparator":"\u0000"}}"""), ("PUT", "pool-pairs/contoso/options", """{"prefixSeparator":"\ud83d"}"""),
            ("PUT", "pool-pairs/contoso/policy", """{"approvals":1,"rules":[null],"reason":"as it was before"}"""), ("PUT", "pool-pairs/contoso/windows", """{"items":[null],"reason":"as it was before"}"""),
        ];
        var wrong = new List<string>();
        foreach (var persona in new[] { "planner", "approver", "auditor", "operator", "administrator" })
        {
            using var client = portal.ClientFor(persona);
            foreach (var (method, address, body) in addresses.Select(x => ("GET", x, "")).Concat(bodies))
            {
                using var message = new HttpRequestMessage(new HttpMethod(method), $"api/v1/{address}");
                if (body.Length > 0)
                    message.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await client.SendAsync(message);
                var text = await response.Content.ReadAsStringAsync();
                var isRefused = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity || (address.StartsWith("audit", StringComparison.Ordinal) && response.StatusCode == HttpStatusCode.Forbidden);
                if (!isRefused || JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString() is not { Length: > 10 })
                    wrong.Add($"{persona} {method} {address} {body}: {(int)response.StatusCode} {text}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Page_WithUnusableTextInItsAddress_IsRefusedInASentence()
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.AnonymousClient();

        using var response = await client.GetAsync(new Uri("signin?returnUrl=%00", UriKind.Relative));

        Assert.Equal((HttpStatusCode.BadRequest, "The query value returnUrl contains U+0000 or one half of a character (a lone surrogate). Send the request without it."), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("signin/persona")]
    [InlineData("signin/ldap")]
    [InlineData("signout")]
    public async Task Form_WithUnusableText_IsRefusedInASentence(string address)
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.AnonymousClient();
        using var form = new StringContent("persona=planner&user=a%00b", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var response = await client.PostAsync(new Uri(address, UriKind.Relative), form);

        Assert.Equal((HttpStatusCode.BadRequest, "A field of the form contains U+0000 or one half of a character (a lone surrogate). Send the request without it."), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Written as escapes: the runner hands halves of pairs over as U+FFFD.</summary>
    [Theory]
    [InlineData("plain", false)]
    [InlineData(@"\ud83d\ude00", false)]
    [InlineData("", false)]
    [InlineData(@"a\u0000", true)]
    [InlineData(@"\ud83d", true)]
    [InlineData(@"\ud83dx", true)]
    [InlineData(@"\ude00\ud83d", true)]
    public void IsIn_Text_TellsWhatNoDatabaseHolds(string text, bool isUnusable) => Assert.Equal(isUnusable, UnusableText.IsIn(Regex.Unescape(text)));
}
