using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Limiting;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

/// <summary>Limits of a pool pair: what runs start with, and what open runs take over.</summary>
public sealed class RunLimitsTests
{
    [Fact]
    public async Task Set_ByAnAdministrator_StartsRunsWithIt_AndARunThatCopiesTakesOverTheNext()
    {
        await using var world = await RunWorld.CreateAsync();
        using var administrator = world.Portal.ClientFor("administrator");
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var set = await PutAsync(administrator, new { messagesPerSecond = 1, roomsAtATime = 1, reason = "Office hours", version = 0 });
        Assert.Equal((1, 1, 1), (set.GetProperty("version").GetInt32(), set.GetProperty("messagesPerSecond").GetInt32(), set.GetProperty("roomsAtATime").GetInt32()));

        var batch = await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Hall);
        var run = (await world.StartAsync(batch)).RunId;
        Assert.Equal(1, (await op.GetAsync($"runs/{run}")).GetProperty("messagesPerSecond").GetInt32());
        await Eventually.TrueAsync(async () => await world.Portal.Database.ScalarAsync<long>($"select coalesce(sum(copied_message_count), 0)::bigint from portal.room_transfers where run_id = {run}") > 0);

        // At one a second the 300 messages of the first room would take five minutes.
        await PutAsync(administrator, new { roomsAtATime = 4, reason = "Night", version = 1 });
        var end = await world.EndAsync(run);
        Assert.Equal((RunState.Completed, null), (end.State, end.Error));
        Assert.Equal(4, await world.Portal.Database.ScalarAsync<int>($"select rooms_at_a_time from portal.runs where id = {run}"));
        var throttled = Assert.Single((await op.GetAsync($"batches/{batch}/timeline")).GetProperty("items").EnumerateArray(), x => x.GetProperty("kind").GetString() == "RunThrottled");
        Assert.Equal("administrator", throttled.GetProperty("by").GetString());
        using var auditor = new ApiTalk(world.Portal.Address, "auditor");
        var audited = (await auditor.GetAsync("audit?take=200")).GetProperty("items").EnumerateArray().Where(x => x.GetProperty("action").GetString() == SetRunLimitsHandler.Action)
            .Select(x => x.GetProperty("details")).Select(x => (x.GetProperty("messagesPerSecond").GetString(), x.GetProperty("reason").GetString()));
        Assert.Equal([("1 → —", "Night"), ("— → 1", "Office hours")], audited);
    }

    [Fact]
    public async Task Set_WhileARunIsBeingCreated_HoldsForThatRunToo()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:ParallelTransfers", "3"));
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        Task<RunMoved> starting;
        Task setting;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.room_transfers"))
        {
            // It has read the limits, and is not committed.
            starting = world.StartAsync(batch);
            await Eventually.TrueAsync(() => world.Portal.Database.IsWaitingAsync("INSERT INTO portal.room_transfers"));
            setting = SetAsync(world, 7);
            await Eventually.TrueAsync(async () => setting.IsCompleted || await world.Portal.Database.IsWaitingAsync("pg_advisory_xact_lock"));
        }

        await setting;
        Assert.Equal(7, await world.Portal.Database.ScalarAsync<int>($"select rooms_at_a_time from portal.runs where id = {(await starting).RunId}"));
    }

    [Theory]
    [InlineData("administrator", """{"messagesPerSecond":0,"roomsAtATime":2,"reason":"r"}""", HttpStatusCode.UnprocessableEntity, "throttle-invalid")]
    [InlineData("administrator", """{"messagesPerSecond":1000001,"roomsAtATime":2,"reason":"r"}""", HttpStatusCode.UnprocessableEntity, "throttle-invalid")]
    [InlineData("administrator", """{"roomsAtATime":33,"reason":"r"}""", HttpStatusCode.UnprocessableEntity, "rooms-at-a-time-invalid")]
    [InlineData("administrator", """{"roomsAtATime":0,"reason":"r"}""", HttpStatusCode.UnprocessableEntity, "rooms-at-a-time-invalid")]
    [InlineData("administrator", """{"roomsAtATime":2}""", HttpStatusCode.UnprocessableEntity, "reason-required")]
    [InlineData("operator", """{"roomsAtATime":2,"reason":"r"}""", HttpStatusCode.Forbidden, "not-allowed")]
    public async Task Set_NotALimit_IsRefused_AndTheConfigurationStillApplies(string persona, string body, HttpStatusCode status, string code)
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:ParallelTransfers", "3"));
        using var client = world.Portal.ClientFor(persona);
        using var answer = await client.PutAsync(new Uri("api/v1/pool-pairs/contoso/limits", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((status, code), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        var limits = await client.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/limits");
        Assert.Equal((0, 3), (limits.GetProperty("version").GetInt32(), limits.GetProperty("roomsAtATime").GetInt32()));
    }

    [Fact]
    public async Task Set_WithTheVersionOfAnOlderView_IsRefused_AndItsETagIsTheVersion()
    {
        await using var world = await RunWorld.CreateAsync();
        using var client = world.Portal.ClientFor("administrator");
        var address = new Uri("api/v1/pool-pairs/contoso/limits", UriKind.Relative);
        using var read = await client.GetAsync(address);
        Assert.Equal("\"0\"", read.Headers.ETag?.Tag);
        foreach (var (version, status) in new[] { ("\"7\"", HttpStatusCode.PreconditionFailed), ("\"0\"", HttpStatusCode.OK), ("\"0\"", HttpStatusCode.PreconditionFailed), ("\"1\"", HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = JsonContent.Create(new { roomsAtATime = 2, reason = "Office hours" }) };
            request.Headers.TryAddWithoutValidation("If-Match", version);
            using var answer = await client.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Set_WithARunThatFailed_IsTakenOverByIt_AndIsNoEventOfItsBatch()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Portal.Database.ExecuteAsync($"update portal.runs set state = 'Failed' where batch_id = {batch}");
        var administrator = new Caller("administrator", "Ada", new HashSet<Role> { Role.Administrator });

        Assert.Null((await world.Portal.Get<SetRunLimitsHandler>().HandleAsync(new("contoso", 250, 2, "Office hours"), administrator, CancellationToken.None)).Refusal);

        Assert.Equal(250, await world.Portal.Database.ScalarAsync<int>($"select messages_per_second from portal.runs where batch_id = {batch}"));
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>($"select count(*) from portal.batch_events where batch_id = {batch} and kind = 'RunThrottled'"));
    }

    [Fact]
    [Shows<LimitsTab>(PartState.Loading, PartState.Refused, PartState.Viewer)]
    [Shows<LimitsDialog>(PartState.Filled)]
    public async Task Tab_ChangedInItsDialog_ShowsWhoSetWhat_AndRefusesAnOlderView()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:ParallelTransfers", "3"));
        await using var viewer = PageContext.As(world.Portal, "viewer");
        var barred = await OpenAsync(world, viewer);
        barred.WaitForState(() => barred.Find("button.action").GetAttribute("title")?.Contains("Administrator", StringComparison.Ordinal) == true);

        await using var context = PageContext.As(world.Portal, "administrator");
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        IRenderedComponent<LimitsTab> tab;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.run_limits"))
        {
            tab = await OpenAsync(world, context);
            Assert.NotEmpty(tab.FindAll("[aria-busy=true] .skeleton"));
            await tab.InvokeAsync(() => tab.Find("button.action").ClickAsync(new()));
            Assert.Empty(dialogs.FindAll("textarea"));
        }

        tab.WaitForState(() => tab.Markup.Contains("A run copies 3 rooms at a time.", StringComparison.Ordinal));
        var changing = tab.InvokeAsync(() => tab.Find("button.action").ClickAsync(new()));
        await dialogs.TypeAsync("textarea", "Office hours");
        await dialogs.InvokeAsync(() => dialogs.FindAll("input")[0].InputAsync("many"));
        await dialogs.SubmitAsync();
        Assert.Contains("Enter a whole number from 1 to 1", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.FindAll("input")[0].InputAsync("250"));
        await dialogs.SubmitAsync();
        await changing;
        tab.WaitForState(() => tab.Markup.Contains("a limit of 250 messages per second", StringComparison.Ordinal) && tab.Markup.Contains("Office hours", StringComparison.Ordinal));

        var late = tab.InvokeAsync(() => tab.Find("button.action").ClickAsync(new()));
        await dialogs.TypeAsync("textarea", "Later");
        await world.Portal.Database.ExecuteAsync("update portal.run_limits set version = version + 1");
        await dialogs.SubmitAsync();
        await late;
        notices.WaitForState(() => notices.Markup.Contains("Another administrator changed the limits", StringComparison.Ordinal));
    }

    private static async Task<IRenderedComponent<LimitsTab>> OpenAsync(RunWorld world, PageContext context)
    {
        var pair = (await world.Portal.Get<PoolPairQueries>().FindAsync("contoso", CancellationToken.None))!;
        return context.Render<LimitsTab>(x => x.AddCascadingValue(pair));
    }

    private static async Task SetAsync(RunWorld world, int rooms)
    {
        var administrator = new Caller("administrator", "Ada", new HashSet<Role> { Role.Administrator });
        Assert.Null((await world.Portal.Get<SetRunLimitsHandler>().HandleAsync(new("contoso", null, rooms, "Office hours"), administrator, CancellationToken.None)).Refusal);
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, object body)
    {
        using var answer = await client.PutAsJsonAsync("api/v1/pool-pairs/contoso/limits", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
