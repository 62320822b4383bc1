using System.Net;
using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Verification;
using Npgsql;

namespace MigrationPortal.Tests.Verification;

/// <summary>Verifying again and writing exclude each other, and an older plan's verification never counts as the newest.</summary>
public sealed class VerifyAgainTests
{
    private const string Running = "insert into portal.verifications (batch_id, run_id, state, requested_by, requested_at, room_count, verified_room_count) select batch_id, id, 'Running', 'Olga', now(), 2, 0 from portal.runs";

    [Fact]
    public async Task Verify_RanBatch_VerifiesItsRoomsAndIsOver()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);

        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));

        var request = await Eventually.IsAsync(async () => (await op.GetAsync($"batches/{batch}/verification")).GetProperty("request"), x => x.GetProperty("state").GetString() != "Running");
        Assert.Equal(("Completed", 2, 2), (request.GetProperty("state").GetString(), request.GetProperty("roomCount").GetInt32(), request.GetProperty("verifiedRoomCount").GetInt32()));
        Assert.Equal(4, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.room_verifications"));
    }

    [Fact]
    public async Task Verify_OfAnUndoneBatch_SaysThatItsRoomsAreGone()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'Undone' where id = {batch}");

        var refusal = await op.RefusedAsync($"batches/{batch}/verify", null, HttpStatusCode.Conflict, "wrong-state");

        Assert.EndsWith("After an undo, there are no rooms to verify again.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_PartOfABatch_VerifiesThoseRoomsAlone_AndCountsThoseThatWereNotMigrated()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        var rooms = await RoomsAsync(world, batch);

        var started = await op.PostAsync($"batches/{batch}/verify", new { roomIds = new[] { rooms[1], 987_654 } });
        Assert.Equal((1, 1), (started.GetProperty("roomCount").GetInt32(), started.GetProperty("leftCount").GetInt32()));
        var request = await Eventually.IsAsync(async () => (await op.GetAsync($"batches/{batch}/verification")).GetProperty("request"), x => x.GetProperty("state").GetString() != "Running");

        Assert.Equal(("Completed", 1, 1), (request.GetProperty("state").GetString(), request.GetProperty("roomCount").GetInt32(), request.GetProperty("verifiedRoomCount").GetInt32()));
        Assert.Equal(2, await world.Portal.Database.ScalarAsync<int>($"select count(*) from portal.room_verifications where room_id = {rooms[1]}"));
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>($"select count(*) from portal.room_verifications where room_id = {rooms[0]}"));
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'VerificationRequested'"));
    }

    [Fact]
    public async Task Verify_PartOfABatch_ExcludesWritingAndEveryOtherVerification_AndNeedsAMigratedRoom()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        var rooms = await RoomsAsync(world, batch);
        Assert.Contains("First wave", await op.RefusedAsync($"batches/{batch}/verify", new { roomIds = new[] { 987_654 } }, HttpStatusCode.Conflict, "verification-no-rooms"), StringComparison.Ordinal);
        await op.RefusedAsync($"batches/{batch}/verify", new { roomIds = Array.Empty<long>() }, HttpStatusCode.Conflict, "verification-no-rooms");
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.verifications"));
        await world.Portal.Database.ExecuteAsync(Running.Replace("requested_by,", "room_ids, requested_by,", StringComparison.Ordinal).Replace("'Olga',", $"array[{rooms[0]}], 'Olga',", StringComparison.Ordinal));

        await using (await HeldAsync(world.Portal.Database))
        {
            await op.RefusedAsync($"batches/{batch}/verify", new { roomIds = new[] { rooms[1] } }, HttpStatusCode.Conflict, "verification-running");
            await op.RefusedAsync($"batches/{batch}/verify", null, HttpStatusCode.Conflict, "verification-running");
            await op.RefusedAsync($"batches/{batch}/delta", null, HttpStatusCode.Conflict, "verification-running");
            await planner.RefusedAsync($"batches/{batch}/verify", new { roomIds = new[] { rooms[1] } }, HttpStatusCode.Forbidden, "not-allowed");
        }
    }

    [Fact]
    public async Task Verify_OnThePageOfARunThatIsNoLongerTheLatest_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        var rooms = await RoomsAsync(world, batch);
        var older = await world.Portal.Database.ScalarAsync<long>("select max(id) from portal.runs");
        await using var context = PageContext.As(world.Portal, "operator");
        var notices = context.Render<MudBlazor.MudSnackbarProvider>();
        var part = context.Render<VerifySelected>(x => x
            .Add(p => p.RunId, older).Add(p => p.BatchId, batch).Add(p => p.PoolPairId, "contoso").Add(p => p.Selected, new HashSet<long>(rooms)));
        part.WaitForAssertion(() => Assert.False(part.Find("button").HasAttribute("aria-disabled")));
        var delta = long.Parse((await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(RunState.Completed, (await world.EndAsync(delta)).State);

        await part.InvokeAsync(() => part.Find("button").ClickAsync());

        notices.WaitForAssertion(() => Assert.Contains("ran again after this page was opened", notices.Markup, StringComparison.Ordinal));
        part.WaitForAssertion(() => Assert.Equal("true", part.Find("button").GetAttribute("aria-disabled")));
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.verifications"));
    }

    [Fact]
    public async Task DeltaAndUndo_WhileItIsVerified_AreRefusedUntilThatHasEnded()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        await world.Portal.Database.ExecuteAsync(Running);

        await using (await HeldAsync(world.Portal.Database))
        {
            Assert.Contains("being verified", await op.RefusedAsync($"batches/{batch}/delta", null, HttpStatusCode.Conflict, "verification-running"), StringComparison.Ordinal);
            await op.RefusedAsync($"batches/{batch}/undo", null, HttpStatusCode.Conflict, "verification-running");
            await op.RefusedAsync($"batches/{batch}/verify", null, HttpStatusCode.Conflict, "verification-running");
        }

        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
        await world.Portal.Database.ExecuteAsync("update portal.verifications set state = 'Completed'");

        Assert.Null(await op.TryPostAsync($"batches/{batch}/undo"));
        Assert.Equal("wrong-state", await op.TryPostAsync($"batches/{batch}/verify"));
    }

    [Fact]
    public async Task Verify_WhileADeltaOrAnUndoWrites_IsRefusedUntilThatHasEnded()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        var rooms = await RoomsAsync(world, batch);
        await world.Chat.LegacyDatabase.ExecuteAsync("insert into tblChat values (10, 301, 636000000000000000, 3, false, 'later'); update tblLastChatId set lastChatID = 301 where nodeID = 10");

        long delta;
        await using (await HeldTable.HoldAsync(world.Chat.NewDatabase, "tblChat", "share"))
        {
            delta = long.Parse((await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            await RefusedInTheMiddleAsync();
        }
        Assert.Equal(RunState.Completed, (await world.EndAsync(delta)).State);
        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
        await world.EndsAsync("select state from portal.verifications", "Completed");

        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        await using (await HeldTable.HoldAsync(world.Chat.NewDatabase, "tblChat", "share"))
        {
            await op.PostAsync($"batches/{batch}/undo");
            await RefusedInTheMiddleAsync();
        }
        await world.EndsAsync($"select state from portal.batches where id = {batch}", "Undone");
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.verifications"));

        async Task RefusedInTheMiddleAsync()
        {
            await Eventually.TrueAsync(() => world.Chat.NewDatabase.IsWaitingAsync());
            await op.RefusedAsync($"batches/{batch}/verify", null, HttpStatusCode.Conflict, "wrong-state");
            await op.RefusedAsync($"batches/{batch}/verify", new { roomIds = new[] { rooms[0] } }, HttpStatusCode.Conflict, "wrong-state");
        }
    }

    [Fact]
    public async Task Resume_WhileItIsVerified_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'Failed'; update portal.runs set state = 'Failed'; {Running}");

        await using (await HeldAsync(world.Portal.Database))
            await op.RefusedAsync($"batches/{batch}/resume", null, HttpStatusCode.Conflict, "verification-running");

        await world.Portal.Database.ExecuteAsync("update portal.verifications set state = 'Failed'");

        Assert.Null(await op.TryPostAsync($"batches/{batch}/resume"));
    }

    [Fact]
    public async Task Latest_OlderPlanWasVerifiedLater_IsTheNewerPlans()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        var older = await world.Portal.Database.ScalarAsync<long>("select max(id) from portal.runs");
        var delta = long.Parse((await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(RunState.Completed, (await world.EndAsync(delta)).State);

        await world.Portal.Database.ExecuteAsync($"""
            insert into portal.room_verifications (run_id, batch_id, room_id, grade, verified_at, proof, differences, message_difference, new_message_count, equal_message_count, finding_count)
            select {older}, batch_id, room_id, 'Poor', verified_at, proof, differences, message_difference, new_message_count, equal_message_count, finding_count
            from portal.room_verifications where run_id = {older}
            """);

        var found = await world.Portal.Get<VerificationQueries>().FindAsync(batch, Paging.Of(null, null), CancellationToken.None);
        Assert.NotEqual(Grade.Poor, found.Grade);
    }

    private static async Task<long[]> RoomsAsync(RunWorld world, long batch)
    {
        await using var db = world.Portal.Database.OpenPortal();
        return await RunQueries.LatestTransfers(db, batch).OrderBy(x => x.Ordinal).Select(x => x.RoomId).ToArrayAsync();
    }

    // What sweeps for work that nobody does would end the verification meanwhile: it can be read, and nobody writes it.
    private static async Task<NpgsqlConnection> HeldAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("begin; select from portal.verifications for update", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
