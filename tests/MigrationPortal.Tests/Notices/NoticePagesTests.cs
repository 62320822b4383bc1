using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MigrationPortal.Notices;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

public sealed class NoticePagesTests
{
    [Fact]
    public async Task Preferences_Saved_AreThereAgain_AndMandatoryOnesCannotBeChosen()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Anna);
        var popovers = context.RenderPopovers();
        var page = context.Render<PreferencesPage>();
        page.WaitForElement("#digest-at");
        Assert.Contains("The portal has no mail server", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("[role=combobox]"), x => x.GetAttribute("aria-label")!.Contains("A start freeze is set", StringComparison.Ordinal));
        await popovers.ChooseAsync(page, "input[aria-label*='A comment mentions you']", "No mail");
        await page.InvokeAsync(() => page.Find("#digest-at").Change("17:30"));
        await page.InvokeAsync(() => page.FindAll("button.action").Single(x => x.TextContent.Trim() == "Save settings").ClickAsync(new()));

        var kept = await world.Get<PreferenceQueries>().FindAsync(Anna, CancellationToken.None);
        Assert.Equal(new TimeOnly(17, 30), kept.DigestAt);
        Assert.Equal(MigrationPortal.Notices.Outbox.NoticeMode.Off, kept.Kinds.Single(x => x.Kind == "Mentioned").Mode);
    }

    [Fact]
    public async Task Mail_NotConfigured_SaysWhatToSet_AndDeliveriesAreForAdministrators()
    {
        await using var world = await StartAsync();
        await using var viewer = new PageContext(world.Services, Vera);
        var closed = viewer.Render<MailPage>();
        closed.WaitForState(() => closed.Markup.Contains("Administrators only", StringComparison.Ordinal));
        Assert.Contains("Notifications:Smtp:Host", closed.Markup, StringComparison.Ordinal);
        await using var administrator = new PageContext(world.Services, PolicyWorld.Ada);
        var open = administrator.Render<MailPage>();
        open.WaitForState(() => open.Markup.Contains("No deliveries yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_DeliveriesToWebhooks_HaveTheNamesThatTheReaderMayKnow()
    {
        await using var world = await StartAsync();
        var node = new HookNode(world);
        string[] opened = ["ReviewOpened"];
        foreach (var (name, pair) in new (string, string?)[] { ("Everywhere", null), ("Own", Pair) })
            Done(await node.Save.HandleAsync(new SaveWebhook(null, name, "https://hooks.contoso.com/x", WebhookFormat.Json, opened, pair), PolicyWorld.Ada, CancellationToken.None));
        await world.SubmittedAsync("Wave 1", "Desk");
        await node.HandOutAsync();

        Assert.Equal(["Everywhere", "Own"], await RecipientsAsync(PolicyWorld.Ada));
        Assert.Equal(["A webhook", "Own"], await RecipientsAsync(Caller.Of("bo", "Bo", [new Grant(Role.Administrator, Pair)])));

        async Task<List<string>> RecipientsAsync(Caller reader)
        {
            await using var context = new PageContext(world.Services, reader);
            var page = context.Render<MailPage>();
            page.WaitForState(() => page.FindAll("tr[data-row]").Count == 2);
            return page.FindAll("tr[data-row] td:nth-child(3)").Select(x => x.TextContent.Trim()).Order(StringComparer.Ordinal).ToList();
        }
    }

    [Theory]
    [InlineData("en", "no connection was possible")]
    [InlineData("de", "es kam keine Verbindung zustande")]
    [InlineData("es", "no fue posible la conexión")]
    public async Task Mail_ServerAway_SaysWhyInTheReadersLanguage(string language, string why)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer { IsAway = true };
        var node = await MailNode.StartAsync(world, smtp);
        await node.TellAsync("olga", 1);
        await node.HandOutAsync();
        await node.SendAsync();
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        world.Get<IOptions<NotificationsOptions>>().Value.Smtp.Host = "127.0.0.1";
        var page = context.Render<MailPage>();
        page.WaitForAssertion(() => Assert.Contains(why, page.Find("p.notice").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains(why, page.Find("table").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Shows<WebhookForm>(PartState.Refused)]
    public async Task Webhooks_WithoutHosts_SayWhereToNameThem_AndRefuseWhatIsNotAllowed()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        var page = context.Render<WebhooksPage>();
        page.WaitForState(() => page.Markup.Contains("Webhooks:AllowedHosts", StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("#hook-name").Input("Ops"));
        await page.InvokeAsync(() => page.Find("#hook-url").Input("https://hooks.contoso.com/x"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.webhooks"));
    }

    [Fact]
    [Shows<WebhookForm>(PartState.Filled)]
    public async Task Webhooks_KindsAndPoolPairChosen_AreKeptShownAndChanged()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        world.Get<Microsoft.Extensions.Options.IOptions<WebhooksOptions>>().Value.AllowedHosts.Add("hooks.contoso.com");
        var popovers = context.RenderPopovers();
        var page = context.Render<WebhooksPage>();
        page.WaitForElement("input[name='kind-RunFailed']");
        page.WaitForState(() => page.FindComponents<MudBlazor.MudSelectItem<string>>().Any(x => x.Instance.Value == Pair));
        await page.InvokeAsync(() => page.Find("#hook-name").Input("Ops"));
        await page.InvokeAsync(() => page.Find("#hook-url").Input("https://hooks.contoso.com/x"));
        await popovers.ChooseAsync(page, "#hook-pair", "Contoso");
        await page.InvokeAsync(() => page.Find("input[name='kind-RunFailed']").Change(true));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("A run or an undo fails", page.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Contains("Contoso", page.Find("table").TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/v1/webhooks/export", page.FindComponent<MigrationPortal.Lists.ExportMenu>().Instance.Url);
        var kept = Assert.Single(Done(await world.Get<WebhookQueries>().ListAsync(PolicyWorld.Ada, CancellationToken.None)));
        Assert.Equal((Pair, "RunFailed"), (kept.PoolPairId, Assert.Single(kept.Kinds)));

        await page.InvokeAsync(() => page.FindAll("button.action").First(x => x.TextContent.Trim() == "Change…").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.True(page.Find("input[name='kind-RunFailed']").HasAttribute("checked")));
        await page.InvokeAsync(() => page.Find("input[name='kind-RunFailed']").Change(false));
        await popovers.ChooseAsync(page, "#hook-pair", "All pool pairs");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("All events", page.Find("table").TextContent, StringComparison.Ordinal));
        kept = Assert.Single(Done(await world.Get<WebhookQueries>().ListAsync(PolicyWorld.Ada, CancellationToken.None)));
        Assert.True(kept is { PoolPairId: null, Kinds.Count: 0, Name: "Ops" });
    }

    [Fact]
    public async Task Webhooks_FormSentTwice_AddsOne()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        world.Get<IOptions<WebhooksOptions>>().Value.AllowedHosts.Add("hooks.contoso.com");
        context.RenderPopovers();
        var page = context.Render<WebhooksPage>();
        page.WaitForElement("#hook-name");
        await page.InvokeAsync(() => page.Find("#hook-name").Input("Ops"));
        await page.InvokeAsync(() => page.Find("#hook-url").Input("https://hooks.contoso.com/x"));

        Task[] clicks;
        await using (await HeldTable.HoldAsync(world.Database, "portal.webhooks"))
        {
            clicks = [page.InvokeAsync(() => page.Find("form").SubmitAsync()), page.InvokeAsync(() => page.Find("form").SubmitAsync())];
            page.WaitForAssertion(() => Assert.Equal("true", page.Find("form button[type=submit]").GetAttribute("aria-busy")));
        }

        await Task.WhenAll(clicks);
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.webhooks"));
        // The second one would have been refused: there is one of that name.
        Assert.Empty(context.Services.GetRequiredService<MudBlazor.ISnackbar>().ShownSnackbars);
    }

    [Fact]
    public async Task Bell_OfAnOpenPage_KeepsLanguageAndZoneForMails()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Anna);
        context.RenderPopovers();
        var bell = context.Render<MigrationPortal.Notices.Bell.NotificationBell>(x => x.AddCascadingValue(MigrationPortal.Ui.Values.Clock.Of("Europe/Berlin")));
        bell.WaitForElement(".bell");
        await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<int>("select count(*) from portal.people where name = 'anna' and zone = 'Europe/Berlin' and language = 'en'") == 1);
    }
}
