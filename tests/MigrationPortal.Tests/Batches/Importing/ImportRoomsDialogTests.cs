using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Tests.Shared;
using MudBlazor;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Importing;

public sealed class ImportRoomsDialogTests
{
    [Fact]
    [Shows<ImportRoomsDialog>(PartState.Filled)]
    public async Task Dialog_WithAFile_ShowsEachRowJudgedAndAddsTheGoodOnes()
    {
        await using var world = await StartAsync();
        var batch = await world.CreateAsync(Petra, "First", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var asked = dialogs.InvokeAsync(() => ImportRoomsDialog.AskAsync(context.Services.GetRequiredService<IDialogService>(), "Add rooms", Pair, batch));
        dialogs.WaitForElement("input[type=file]");
        Assert.True(dialogs.Find(".mud-dialog-actions button[type=submit]").HasAttribute("disabled"));

        dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("Room\nRepo\nSwaps\nGone\nDesk\n", "rooms.csv"));
        dialogs.WaitForState(() => dialogs.FindAll(".rows tbody tr").Count == 4);
        Assert.Equal(
            ["All 4", "Can be added 2", "No such room 1", "Already in this batch 1"],
            dialogs.FindAll(".chip").Select(x => string.Join(' ', x.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await dialogs.InvokeAsync(() => dialogs.FindAll(".chip")[2].ClickAsync());
        Assert.Contains("No room of the pool pair matches this row.", dialogs.Find(".rows tbody tr").TextContent, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.FindAll("button.action").First(x => x.TextContent.Contains("CSV", StringComparison.Ordinal)).ClickAsync());
        dialogs.WaitForAssertion(() => Assert.Matches(
            @"^rooms-of-file-\d{8}-\d{6}\.csv text/csv; charset=utf-8$", string.Join(' ', context.JSInterop.Invocations.Single(x => x.Identifier == "portalFiles.save").Arguments.Take(2))));
        Assert.Equal("Add 2 rooms", dialogs.Find(".mud-dialog-actions button[type=submit]").TextContent.Trim());

        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        Assert.Equal(2, (await asked)!.Length);
        Assert.Equal(3, await world.Database.ScalarAsync<int>($"select count(*)::int from portal.batch_rooms where batch_id = {batch}"));
    }

    [Fact]
    [Shows<ImportRoomsDialog>(PartState.Refused)]
    public async Task Dialog_WithAWorkbook_SaysWhatToDoInstead()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var asked = dialogs.InvokeAsync(() => ImportRoomsDialog.AskAsync(context.Services.GetRequiredService<IDialogService>(), "Add rooms", Pair));
        dialogs.WaitForElement("input[type=file]");
        dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary("PK\u0003\u0004"u8.ToArray(), "rooms.xlsx"));
        Assert.StartsWith("The file is a workbook.", dialogs.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button[type=button]").ClickAsync());
        Assert.Null(await asked);
    }
}
