using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.CutOver;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;

namespace MigrationPortal.Tests.CutOver;

/// <summary>The documented steps: an owner, an order, and evidence by name and time.</summary>
public sealed class CutOverTests
{
    private const string Steps = "api/v1/pool-pairs/contoso/cut-over";

    [Fact]
    public async Task Steps_Untouched_AreThirteenAndTheFirstIsNext()
    {
        await using var world = await RunWorld.CreateAsync();
        using var viewer = world.Portal.ClientFor("viewer");

        var view = await viewer.GetFromJsonAsync<JsonElement>(Steps);

        Assert.Equal((13, 1), (view.GetProperty("total").GetInt32(), view.GetProperty("next").GetInt32()));
        Assert.All(view.GetProperty("items").EnumerateArray(), x => Assert.False(x.GetProperty("isDone").GetBoolean()));
    }

    [Fact]
    public async Task Step_OwnedAndDone_NamesWhoWhenAndTheEvidenceAndStandsInTheAudit()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = world.Portal.ClientFor("operator");

        await PutAsync(op, 1, new { owner = " Night shift " });
        var view = await PutAsync(op, 1, new { isDone = true, evidence = "backup-0412.bak, 118 GB" });

        var step = view.GetProperty("items")[0];
        Assert.Equal(("Night shift", true, "operator", "backup-0412.bak, 118 GB", 2),
            (step.GetProperty("owner").GetString(), step.GetProperty("isDone").GetBoolean(), step.GetProperty("doneBy").GetString(), step.GetProperty("evidence").GetString(), view.GetProperty("next").GetInt32()));
        using var auditor = world.Portal.ClientFor("auditor");
        var audit = await auditor.GetStringAsync("api/v1/audit/");
        Assert.Contains("CutOverStepDone", audit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true, "seen", "step-order", "Complete step 1 first")]
    [InlineData(1, true, " ", "evidence-required", "The evidence for a step")]
    [InlineData(14, true, "seen", "step-not-found", "numbered 1 to 13")]
    public async Task Step_OutOfOrderOrWithoutEvidence_IsRefusedInASentence(int number, bool isDone, string evidence, string code, string words)
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = world.Portal.ClientFor("operator");

        using var answer = await op.PutAsJsonAsync($"{Steps}/{number}", new { isDone, evidence });

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_TakenBack_OnlyFromTheLast()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = world.Portal.ClientFor("operator");
        foreach (var number in new[] { 1, 2 })
            await PutAsync(op, number, new { isDone = true, evidence = "seen" });

        using var early = await op.PutAsJsonAsync($"{Steps}/1", new { isDone = false });
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        await PutAsync(op, 2, new { isDone = false });
        var view = await PutAsync(op, 1, new { isDone = false });

        Assert.Equal(1, view.GetProperty("next").GetInt32());
    }

    [Fact]
    public async Task Step_DoneByAnotherMeanwhile_KeepsWhatTheyWrote()
    {
        await using var world = await RunWorld.CreateAsync();
        var set = world.Portal.Get<SetCutOverStepHandler>();
        var mine = new SetCutOverStep("contoso", 1, null, true, "mine") { Seen = SetCutOverStep.Untouched };
        ChatWorld.Done(await set.HandleAsync(mine with { Evidence = "theirs" }, world.Operator, CancellationToken.None));

        Assert.Equal("stale", (await set.HandleAsync(mine, world.Operator, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("theirs", await world.Portal.Database.ScalarAsync<string>("select evidence from portal.cut_over_steps"));
    }

    [Fact]
    public async Task Step_OverTheApiFromAnOlderVersion_IsRefusedAndKeepsWhatWasWritten()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = world.Portal.ClientFor("operator");
        Assert.Equal(0, VersionOf(await op.GetFromJsonAsync<JsonElement>(Steps)));
        Assert.Equal(1, VersionOf(await PutAsync(op, 1, new { owner = "Night shift", version = 0 })));

        using var late = await op.PutAsJsonAsync($"{Steps}/1", new { owner = "Day shift", version = 0 });

        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale"), (late.StatusCode, (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        Assert.Equal("Night shift", await world.Portal.Database.ScalarAsync<string>("select owner from portal.cut_over_steps"));
        Assert.Equal(2, VersionOf(await PutAsync(op, 1, new { owner = "Day shift", version = 1 })));
        // Who names none takes whatever is there.
        Assert.Equal(3, VersionOf(await PutAsync(op, 1, new { owner = "Nobody" })));

        static int VersionOf(JsonElement view) => view.GetProperty("items")[0].GetProperty("version").GetInt32();
    }

    [Fact]
    public async Task Batches_CancelledBeforeTheyWroteAnything_AreNotWaitedFor()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        using var viewer = world.Portal.ClientFor("viewer");
        Assert.Equal(1, (await viewer.GetFromJsonAsync<JsonElement>(Steps)).GetProperty("batchCount").GetInt32());

        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'Cancelled' where id = {batch}; update portal.batch_rooms set is_open = false where batch_id = {batch}");

        Assert.Equal(0, (await viewer.GetFromJsonAsync<JsonElement>(Steps)).GetProperty("batchCount").GetInt32());
    }

    [Fact]
    public async Task Step_ByAViewer_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var viewer = world.Portal.ClientFor("viewer");

        using var answer = await viewer.PutAsJsonAsync($"{Steps}/1", new { isDone = true, evidence = "seen" });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, int number, object body)
    {
        using var answer = await client.PutAsJsonAsync($"{Steps}/{number}", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
