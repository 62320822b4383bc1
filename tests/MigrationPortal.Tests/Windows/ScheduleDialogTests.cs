using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Ui;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Windows.Scheduling;
using MudBlazor;

namespace MigrationPortal.Tests.Windows;

/// <summary>A start that is planned for later: what the dialog refuses, and who may open it.</summary>
public sealed class ScheduleDialogTests
{
    [Fact]
    [Shows<ScheduleDialog>(PartState.Filled, PartState.Refused)]
    public async Task Dialog_WithAnEndBeforeItsBegin_SaysSoAndStaysOpen()
    {
        await using var context = PartsContext.Create();
        var dialogs = context.Render<MudDialogProvider>();
        var service = context.Services.GetRequiredService<IDialogService>();
        var asked = await dialogs.InvokeAsync(() => Task.FromResult(service.AskAsync<ScheduleDialog, ScheduleAnswer>("Schedule the start", new() { { x => x.Needed, ["ServicesStopped"] } })));
        dialogs.WaitForState(() => dialogs.FindAll("input[type=datetime-local]").Count == 2);
        await dialogs.InvokeAsync(() => dialogs.FindAll("input[type=datetime-local]")[0].InputAsync("2030-06-01T12:00"));
        await dialogs.InvokeAsync(() => dialogs.FindAll("input[type=datetime-local]")[1].InputAsync("2030-06-01T11:00"));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        Assert.Single(dialogs.FindAll("input[aria-invalid=true]"));
        Assert.False(asked.IsCompleted);

        await dialogs.InvokeAsync(() => dialogs.FindAll("input[type=datetime-local]")[1].InputAsync("2030-06-01T13:00"));
        await dialogs.InvokeAsync(() => dialogs.Find("input[type=checkbox]").ChangeAsync(new() { Value = true }));
        await dialogs.InvokeAsync(() => dialogs.Find("form").SubmitAsync());
        // What was typed is the opener's to forget.
        Assert.Equal("Schedule the start", (await asked)!.Draft);
        Assert.DoesNotContain(context.JSInterop.Invocations, x => x.Identifier == "portalDrafts.forget");
        Assert.Equal((12, 13, "ServicesStopped"), ((await asked)!.From!.Value.Hour, (await asked)!.To!.Value.Hour, Assert.Single((await asked)!.Confirmations)));
    }

    [Fact]
    [Shows<SchedulePart>(PartState.Viewer, PartState.Refused)]
    public async Task Part_OfAViewer_IsOff_AndARefusalIsShown()
    {
        await using var world = await RunWorld.CreateAsync();
        var id = await world.ApprovedBatchAsync(ChatWorld.Hall);
        await using var viewer = PageContext.As(world.Portal, "viewer");
        var reader = Persona.Find("viewer")!.ToCaller();
        var seen = (await world.Portal.Get<BatchViewQueries>().FindAsync(id, reader, computes: true, CancellationToken.None))!;
        var part = viewer.Render<SchedulePart>(x => x.AddCascadingValue(seen));
        Assert.Contains("Operator", part.WaitForElement("button.action").GetAttribute("title"), StringComparison.Ordinal);

        await using var op = PageContext.As(world.Portal, "operator");
        var (dialogs, notices) = (op.RenderDialogs(), op.Render<MudSnackbarProvider>());
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(id, Persona.Find("operator")!.ToCaller(), computes: true, CancellationToken.None))!;
        var mine = op.Render<SchedulePart>(x => x.AddCascadingValue(view));
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'Draft' where id = {id}");
        await dialogs.AnswerAsync(mine.InvokeAsync(() => mine.Find("button.action").ClickAsync()), isConfirmed: true);
        notices.WaitForElement(".mud-snackbar");
        Assert.Contains(op.JSInterop.Invocations, x => x.Identifier == "portalDrafts.keep");
    }
}
