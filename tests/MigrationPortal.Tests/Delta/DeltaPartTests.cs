using System.Net;
using Bunit;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Delta;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Delta;

/// <summary>The delta of a batch as people see it: what changed since its run, in sentences and rows, and who may run it.</summary>
public sealed class DeltaPartTests
{
    [Fact]
    [Shows<DeltaPart>(PartState.Filled)]
    public async Task Preview_WithNewMessagesAndAChangedName_SaysBothAndThatTheChangeNeedsApproval()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Chat.LegacyDatabase.ExecuteAsync($"update tblNode set nodeDesc = 'Somebody changed this' where nodeGuid = '{ChatWorld.Hall}'");
        await using var context = PageContext.As(world.Portal, "operator");
        var part = await OpenAsync(world, context, "operator", batch);
        Assert.Contains("The preview changes nothing.", part.Markup, StringComparison.Ordinal);

        await part.InvokeAsync(() => part.Find("header button.action").ClickAsync());
        part.WaitForState(() => part.FindAll("tbody tr").Count > 0);
        Assert.Contains("1 change of rights or settings, which needs approval", part.Find(".sums").TextContent, StringComparison.Ordinal);
        Assert.Contains("Description", part.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains("Somebody changed this", part.Find("tbody mark").TextContent, StringComparison.Ordinal);
        Assert.Equal("Request approval…", part.Find("button.p").TextContent.Trim());
        var room = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.Hall}'");
        Assert.StartsWith($"/batches/{batch}?tab=delta&about=deltaLine%3ADescription%3A{room}%3A&", part.Find("tbody a.comment-link").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    [Shows<DeltaPart>(PartState.Viewer)]
    public async Task Preview_WithoutChanges_SaysSo_AndAViewerSeesWhyNot()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "viewer");
        var part = await OpenAsync(world, context, "viewer", batch);

        await part.InvokeAsync(() => part.Find("header button.action").ClickAsync());
        part.WaitForState(() => part.Markup.Contains("No changes, as far as counts and settings show.", StringComparison.Ordinal));
        Assert.All(part.FindAll(".foot button"), x => Assert.Contains("Operator", x.GetAttribute("title"), StringComparison.Ordinal));
        Assert.Equal("Run delta…", part.Find("button.p").TextContent.Trim());
    }

    [Fact]
    [Shows<DeltaPart>(PartState.Refused)]
    public async Task Preview_WithTheLegacyPoolAway_SaysSo()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Chat.LegacyDatabase.DisposeAsync();
        await using var context = PageContext.As(world.Portal, "operator");
        var part = await OpenAsync(world, context, "operator", batch);
        await part.InvokeAsync(() => part.Find("header button.action").ClickAsync());
        part.WaitForState(() => part.FindAll(".notice[role=alert]").Count == 1);
        Assert.NotEmpty(part.Find(".notice[role=alert]").TextContent);
    }

    [Fact]
    public async Task Preview_RoomWithAnOddRow_NamesItWithItsReason()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall, ChatWorld.Purged);
        await world.Chat.LegacyDatabase.ExecuteAsync("insert into tblChat values (15, 51, 636000000000000000, 4711, false, 'whose')");
        await using var context = PageContext.As(world.Portal, "operator");
        var part = await OpenAsync(world, context, "operator", batch);

        await part.InvokeAsync(() => part.Find("header button.action").ClickAsync());

        part.WaitForState(() => part.FindAll(".aside li").Count == 1);
        Assert.Contains("1 room is not part of this delta", part.Markup, StringComparison.Ordinal);
        Assert.StartsWith("Purged: ", part.Find(".aside li").TextContent, StringComparison.Ordinal);
        Assert.Contains("4711", part.Find(".aside li").TextContent, StringComparison.Ordinal);
        part.WaitForState(() => part.FindAll("tbody tr").Any(x => x.TextContent.Contains("Not in this delta", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("CutOver", "After the cutover, nothing more is copied.")]
    [InlineData("Undone", "After an undo, no delta run is possible.")]
    public async Task Part_OfABatchWhoseRunsAreOver_SaysTheTrueReason(string state, string reason)
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = '{state}' where id = {batch}");
        await using var context = PageContext.As(world.Portal, "operator");
        var part = await OpenAsync(world, context, "operator", batch);

        Assert.All(part.FindAll("header button.action, .foot button"), x => Assert.EndsWith(reason, x.GetAttribute("title"), StringComparison.Ordinal));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        Assert.EndsWith(reason, await op.RefusedAsync($"batches/{batch}/delta", null, HttpStatusCode.Conflict, "wrong-state"), StringComparison.Ordinal);
    }

    private static async Task<IRenderedComponent<DeltaPart>> OpenAsync(RunWorld world, PageContext context, string persona, long batch)
    {
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(batch, Persona.Find(persona)!.ToCaller(), true, CancellationToken.None))!;
        return context.Render<DeltaPart>(x => x.AddCascadingValue(view));
    }
}
