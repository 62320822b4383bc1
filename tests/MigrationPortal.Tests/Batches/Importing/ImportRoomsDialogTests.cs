using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Shared;
using MudBlazor;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Importing;

public sealed class ImportRoomsDialogTests
{
    [Fact]
    [Shows<ImportRoomsDialog>(PartState.Filled)]
    public async Task Dialog_WithAFile_ShowsEachRowJudgedAndAnswersTheGoodOnes()
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
        dialogs.WaitForState(() => world.Get<PresenceStore>().List($"batch:{batch}") is [{ Editing: [PresenceField.Rooms] }]);
        Assert.Equal(
            ["All 4", "Can be added 2", "No such room 1", "Already in this batch 1"],
            dialogs.FindAll(".chip").Select(x => string.Join(' ', x.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await dialogs.InvokeAsync(() => dialogs.FindAll(".chip")[2].ClickAsync());
        Assert.Contains("No room of the pool pair matches this row.", dialogs.Find(".rows tbody tr").TextContent, StringComparison.Ordinal);
        // On a phone the name has the first line, and what is said of it the second.
        Assert.Equal("Gone", dialogs.Find(".two-lines tbody td.r-1").TextContent.Trim());
        Assert.Equal("No room of the pool pair matches this row.", dialogs.Find(".two-lines tbody td.r-2").TextContent.Trim());
        await dialogs.InvokeAsync(() => dialogs.FindAll("button.action").First(x => x.TextContent.Contains("CSV", StringComparison.Ordinal)).ClickAsync());
        dialogs.WaitForAssertion(() => Assert.Matches(
            @"^rooms-of-file-\d{8}-\d{6}\.csv text/csv; charset=utf-8$", string.Join(' ', context.JSInterop.Invocations.Single(x => x.Identifier == "portalFiles.save").Arguments.Take(2))));
        Assert.Equal("Add 2 rooms", dialogs.Find(".mud-dialog-actions button[type=submit]").TextContent.Trim());

        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        Assert.Equal(2, (await asked)!.Length);
    }

    [Fact]
    public async Task Dialog_OfABatchThatIsApprovedMeanwhile_IsAskedAgainWithThatApproval_AndTheRoomsComeIn()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("button").Any(AddsFromFile));
        var asked = page.InvokeAsync(() => page.FindAll("button").First(AddsFromFile).ClickAsync(new()));
        dialogs.WaitForElement("input[type=file]");
        Assert.Contains("The batch is in review.", dialogs.Find(".mud-dialog").TextContent, StringComparison.Ordinal);
        dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("Room\nRepo\nSwaps\n", "rooms.csv"));
        dialogs.WaitForState(() => dialogs.FindAll(".rows tbody tr").Count == 2);
        Done(await world.ApproveAsync(id, Anna));

        var answered = dialogs.SubmitAsync();
        dialogs.WaitForState(() => dialogs.Markup.Contains("anna (", StringComparison.Ordinal));
        Assert.Contains("Change “Wave 1” anyway?", dialogs.Find(".mud-dialog-title").TextContent, StringComparison.Ordinal);
        Assert.Equal((BatchState.Approved, 1), ((await world.BatchAsync(id)).State, await CountAsync(world, id)));
        await dialogs.AnswerAsync(asked, isConfirmed: true);
        await answered;

        Assert.Equal((BatchState.Draft, 3), ((await world.BatchAsync(id)).State, await CountAsync(world, id)));
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

    private static bool AddsFromFile(AngleSharp.Dom.IElement button) => button.TextContent.Contains("Add from CSV", StringComparison.Ordinal);

    private static Task<int> CountAsync(BatchWorld world, long batch) =>
        world.Database.ScalarAsync<int>($"select count(*)::int from portal.batch_rooms where batch_id = {batch}");
}
