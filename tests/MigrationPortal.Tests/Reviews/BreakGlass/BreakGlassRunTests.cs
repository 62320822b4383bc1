using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches;
using MigrationPortal.Freezes;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Windows;
using MigrationPortal.Windows;
using MigrationPortal.Windows.Pausing;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews.BreakGlass;

/// <summary>An emergency start over HTTP, to the end of its run.</summary>
public sealed class BreakGlassRunTests
{
    [Fact]
    public async Task Start_WithoutApprovalsOutsideWindows_RunsToItsEnd_AndIsCutOverOnlyAfterAReview()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        using var auditor = new ApiTalk(world.Portal.Address, "auditor");
        var id = await ReviewedAsync(world);
        await ScheduleTests.SetWindowsAsync(world, [SetWindowsTests.Always with { Effect = WindowEffect.Deny }], WindowEnd.PauseNow);
        Assert.Equal("wrong-state", await op.TryPostAsync($"batches/{id}/start"));
        var first = (await op.PostAsync($"batches/{id}/break-glass", new { reason = "the site loses power", reference = "CHG0031336" })).GetProperty("id").GetString();
        Assert.Equal("Withdrawn", (await op.PostAsync($"break-glass/{first}/withdraw", new { reason = "wrong number" })).GetProperty("state").GetString());
        var asked = (await op.PostAsync($"batches/{id}/break-glass", new { reason = "the site loses power", reference = "CHG0031337" })).GetProperty("id").GetString();
        Assert.Equal("break-glass-own", await op.TryPostAsync($"break-glass/{asked}/confirm"));
        Assert.Equal("Confirmed", (await approver.PostAsync($"break-glass/{asked}/confirm")).GetProperty("state").GetString());
        Assert.True((await op.GetAsync($"batches/{id}/standing")).GetProperty("isEmergency").GetBoolean());

        // Never the freeze.
        Done(await world.Portal.Get<SetFreezeHandler>().HandleAsync(new SetFreeze(null, IsFrozen: true, "moving house"), world.Operator, world.Portal.Get<FreezeQueries>(), CancellationToken.None));
        Assert.Equal("frozen", await op.TryPostAsync($"batches/{id}/start"));
        Done(await world.Portal.Get<SetFreezeHandler>().HandleAsync(new SetFreeze(null, IsFrozen: false, "moved"), world.Operator, world.Portal.Get<FreezeQueries>(), CancellationToken.None));

        var run = (await world.StartAsync(id)).RunId;
        Assert.DoesNotContain(id, await world.Portal.Get<RunsInWindows>().ListAsync(CancellationToken.None));
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        var one = (await op.GetAsync($"batches/{id}/break-glass")).GetProperty("items").EnumerateArray().First();
        Assert.True((await op.GetAsync($"batches/{id}")).GetProperty("emergencyUnreviewed").GetBoolean());
        Assert.Equal(("Started", $"{run}"), (one.GetProperty("state").GetString(), one.GetProperty("runId").GetString()));

        // What follows is no emergency: windows hold it again.
        Assert.Equal("window-closed", await op.TryPostAsync($"batches/{id}/delta"));
        await ScheduleTests.SetWindowsAsync(world, []);
        Assert.Equal("break-glass-unreviewed", await op.TryPostAsync($"batches/{id}/cut-over"));
        Assert.Contains("CHG0031337", await IndexAsync(world, id), StringComparison.Ordinal);
        await auditor.RefusedAsync($"break-glass/{asked}/review", new { verdict = "Fine", text = "t" }, HttpStatusCode.BadRequest, "malformed-request");
        Assert.Equal("Justified", (await auditor.PostAsync($"break-glass/{asked}/review", new { verdict = "Justified", text = "power was lost" })).GetProperty("verdict").GetString());
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'BatchBreakGlassJustified'"));
        await op.PostAsync($"batches/{id}/cut-over");
        await Eventually.IsAsync(() => world.BatchAsync(id), x => x == BatchState.CutOver);
    }

    [Fact]
    public async Task Run_ThatSomebodyPaused_ResumesOutsideWindows()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var id = await ReviewedAsync(world, ChatWorld.General);
        await ScheduleTests.SetWindowsAsync(world, [SetWindowsTests.Always with { Effect = WindowEffect.Deny }], WindowEnd.PauseNow);
        var asked = (await op.PostAsync($"batches/{id}/break-glass", new { reason = "the site loses power", reference = "CHG0031337" })).GetProperty("id").GetString();
        await approver.PostAsync($"break-glass/{asked}/confirm");
        var run = (await world.StartAsync(id)).RunId;
        await op.PostAsync($"batches/{id}/pause");
        await op.PostAsync($"batches/{id}/resume");
        await op.PostAsync($"batches/{id}/cancel", new { reason = "seen enough" });
        await world.EndAsync(run);
    }

    // Two approvals are needed, and there is none.
    private static async Task<long> ReviewedAsync(RunWorld world, params string[] rooms)
    {
        Done(await world.Portal.Get<SetPolicyHandler>().HandleAsync(
            new SetPolicy("contoso", new ReviewPolicy { BreakGlass = true }, "change board"), PolicyWorld.Ada, CancellationToken.None));
        var id = await world.ApprovedBatchAsync(rooms.Length == 0 ? [ChatWorld.Hall] : rooms);
        Done(await world.Portal.Get<WithdrawApprovalHandler>().HandleAsync(
            new WithdrawApproval(id, "seen too late"), new Caller("approver", "Approver", new HashSet<Role> { Role.Approver }), CancellationToken.None));
        Assert.Equal(BatchState.InReview, await world.BatchAsync(id));
        return id;
    }

    private static async Task<string> IndexAsync(RunWorld world, long id)
    {
        using var client = world.Portal.ClientFor("auditor");
        using var zip = new ZipArchive(new MemoryStream(await client.GetByteArrayAsync($"api/v1/batches/{id}/evidence")));
        Assert.NotNull(zip.GetEntry("emergency-starts.json"));
        using var reader = new StreamReader(zip.GetEntry("index.html")!.Open(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
