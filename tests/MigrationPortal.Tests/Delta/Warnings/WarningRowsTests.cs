using Bunit;
using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Delta;
using MigrationPortal.Delta.Warnings;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Lists;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Delta.Warnings;

/// <summary>What a delta warns of itself, before it is requested and for whoever decides.</summary>
public sealed class WarningRowsTests
{
    [Fact]
    public async Task Warnings_OfARequestedDelta_AreListedForWhoDecides_AndOverTheApi()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set disabled = true where nodeID = 10");
        await using var asking = PageContext.As(world.Portal, "operator");
        var preview = await OpenAsync(world, asking, "operator", batch);
        await preview.InvokeAsync(() => preview.Find("header button.action").ClickAsync());
        preview.WaitForState(() => preview.Markup.Contains("1 room is disabled", StringComparison.Ordinal));
        var room = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.General}'");

        await op.PostAsync($"batches/{batch}/delta");

        var warning = Assert.Single((await op.GetAsync($"batches/{batch}/delta-warnings")).GetProperty("items").EnumerateArray());
        Assert.Equal(("P16", $"{room}", "General"), (warning.GetProperty("ruleId").GetString(), warning.GetProperty("roomId").GetString(), warning.GetProperty("subject").GetString()));
        Assert.StartsWith("The room is disabled", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
        await using var deciding = PageContext.As(world.Portal, "approver");
        var part = await OpenAsync(world, deciding, "approver", batch);
        part.WaitForState(() => part.Markup.Contains("1 room is disabled", StringComparison.Ordinal));
        Assert.Contains("New warnings", part.Markup, StringComparison.Ordinal);
        Assert.StartsWith($"/rooms/{room}", part.FindAll("tbody a").First(x => x.TextContent.Contains("General", StringComparison.Ordinal)).GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_OfADeltaThatWarnsOfNothingNew_AreNotThere()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set nodeDesc = 'All of it' where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");
        await using var context = PageContext.As(world.Portal, "approver");

        var part = await OpenAsync(world, context, "approver", batch);

        part.WaitForState(() => part.Markup.Contains("All of it", StringComparison.Ordinal));
        Assert.DoesNotContain("New warnings", part.Markup, StringComparison.Ordinal);
        Assert.Equal(0, (await op.GetAsync($"batches/{batch}/delta-warnings")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Warnings_MoreThanAPage_AreAllInThePagesAndInTheFile()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("update tblNode set disabled = true where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");
        await world.Portal.Database.ExecuteAsync("""
            insert into portal.delta_warnings select delta_id, 1000 + i, 'P07', null, 'Room ' || i, '{"key": "P07"}', null
            from generate_series(1, 1200) i, (select max(id) as delta_id from portal.deltas) d
            """);

        var last = await op.GetAsync($"batches/{batch}/delta-warnings?skip=1200");

        Assert.Equal((1201, "Room 1200"), (last.GetProperty("total").GetInt32(), last.GetProperty("items")[0].GetProperty("subject").GetString()));
        using var client = world.Portal.ClientFor("operator");
        Assert.Equal(1202, (await ExportApiTests.CsvAsync(client, $"batches/{batch}/delta-warnings/export")).Count);
    }

    private static async Task<IRenderedComponent<DeltaPart>> OpenAsync(RunWorld world, PageContext context, string persona, long batch)
    {
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(batch, Persona.Find(persona)!.ToCaller(), true, CancellationToken.None))!;
        return context.Render<DeltaPart>(x => x.AddCascadingValue(view));
    }
}
