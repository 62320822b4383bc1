using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Editing;

public sealed class EditBatchTests
{
    [Fact]
    public async Task AddRooms_ToAnApprovedBatch_GoesToDraft_VoidsAndShowsWhatChanged()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));

        Done(await world.Get<AddRoomsHandler>().HandleAsync(new AddRooms(id, [await world.RoomAsync("Repo")]), Paul, CancellationToken.None));
        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, new PlanOptions { PrefixSeparator = " / " }), Paul, CancellationToken.None));

        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
        Assert.Equal(["Created", "Submitted", "Approved", "RoomsAdded", "ApprovalsVoided", "ApprovalLost", "OptionsChanged"], await world.KindsAsync(id));
        Done(await world.SubmitAsync(id, Paul));
        var change = await world.Get<PlanDifference>().FindAsync(id, CancellationToken.None);
        Assert.True(change!.WasApproved);
        Assert.Equal("anna", change.By);
        var room = Assert.Single(change.Lines, x => x.Kind == "Room");
        Assert.Equal(("Repo", null, 30L), (room.Subject, room.Old, room.MessageCount));
        Assert.Equal(("PrefixSeparator", "“ - ”", "“ / ”"), (change.Options[0].Name, change.Options[0].Old, change.Options[0].New));
    }

    [Fact]
    public async Task Edit_WithAnOldVersion_IsStaleAndNamesWhoWasFaster()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(id, "Wave one", 1), Paul, CancellationToken.None));
        var refusal = Refused(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(id, "Mine", 1), Petra, CancellationToken.None), "stale");
        Assert.Equal(RefusalKind.Stale, refusal.Kind);
        Assert.Contains("paul renamed the batch", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_PlannedBatch_LeavesThePlanFreshAndASecondEditDoesNot()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var planning = world.Get<PlanBatchHandler>();
        var plan = Done(await planning.HandleAsync(new PlanBatch(id), CancellationToken.None));

        Done(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(id, "Wave one"), Paul, CancellationToken.None));

        Assert.Equal((plan.Id, plan.Fingerprint), await planning.FindFreshAsync(id, CancellationToken.None) is { } fresh ? (fresh.Id, fresh.Fingerprint) : default);
        Done(await world.SubmitAsync(id, Petra));
        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, new PlanOptions { PrefixSeparator = " / " }), Paul, CancellationToken.None));
        Assert.Null(await planning.FindFreshAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task Edit_OnePartRefused_ChangesNothing()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var edit = new EditBatch(id) { Name = "Other", AddRoomIds = [987654] };
        Refused(await world.Get<EditBatchHandler>().HandleAsync(edit, Petra, CancellationToken.None), "unknown-rooms");
        Assert.Equal(("Wave 1", 1), ((await world.BatchAsync(id)).Name, (await world.BatchAsync(id)).Version));
    }

    [Fact]
    public async Task Edit_RunningBatch_IsRefused()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        await world.Database.ExecuteAsync($"update portal.batches set state = 'Running' where id = {id}");
        Refused(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [await world.RoomAsync("Repo")]), Petra, CancellationToken.None), "wrong-state");
        Refused(await world.Get<DeleteBatchHandler>().HandleAsync(new DeleteBatch(id), Petra, CancellationToken.None), "wrong-state");
    }

    [Fact]
    public async Task RemoveRooms_TheLastOne_IsRefused_AndDeleteFreesThem()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Refused(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [await world.RoomAsync("Desk")]), Petra, CancellationToken.None), "no-rooms");
        Done(await world.Get<DeleteBatchHandler>().HandleAsync(new DeleteBatch(id), Petra, CancellationToken.None));
        await world.CreateAsync(Petra, "Wave 2", "Desk");
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'BatchDeleted'"));
    }

    [Fact]
    public async Task SetNewName_GoesIntoThePlan()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        var room = await world.RoomAsync("Swaps");
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(id, room, "Rates swaps"), Petra, CancellationToken.None));
        var plan = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        Assert.Equal("Rates swaps", (await world.Get<PlanQueries>().NamesAsync(plan.Id, [room], CancellationToken.None))[room]);
    }

    [Fact]
    public async Task Submit_UnacknowledgedWarning_IsRefused_ThenAcknowledgedByName_SurvivesAReplan()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        var submit = world.Get<SubmitBatchHandler>();
        Refused(await submit.HandleAsync(new SubmitBatch(id), Petra, CancellationToken.None), "warnings-not-acknowledged");
        await using var db = world.Database.OpenPortal();
        var findings = await db.Set<BatchFinding>().Where(x => x.BatchId == id && x.RuleId == "P01").Select(x => x.Id).ToArrayAsync();
        Done(await world.Get<AcknowledgeFindingsHandler>().HandleAsync(new AcknowledgeFindings(id, findings, "known"), Petra, CancellationToken.None));
        await world.ScanAsync(Trading());

        Done(await submit.HandleAsync(new SubmitBatch(id), Petra, CancellationToken.None));
        Assert.Equal("petra", await db.Set<BatchFinding>().Where(x => x.Id == findings[0]).Select(x => x.AcknowledgedBy).SingleAsync());
    }

    [Fact]
    public async Task Submit_Twice_AtOnce_OpensOneReview()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var outcomes = await Task.WhenAll(world.SubmitAsync(id, Petra), world.SubmitAsync(id, Paul));
        Assert.Single(outcomes, x => x.IsDone);
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.reviews"));
    }
}
