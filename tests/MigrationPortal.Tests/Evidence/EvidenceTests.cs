using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using MigrationPortal.Batches;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Evidence;

/// <summary>The evidence package of a batch that ran, made over the API.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public async Task Package_OfABatchThatRan_HasEveryListAndNoMessageText()
    {
        await using var world = await RunWorld.CreateAsync(chat => { });
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Hall);
        await planner.PostAsync($"batches/{batch}/comments", new { text = "=1+1 is what the desk calls it" });
        var text = await world.Chat.NewDatabase.ScalarAsync<string>("select content from tblChat where length(content) > 5 limit 1");
        await world.Portal.Database.ExecuteAsync($"update portal.batch_findings set acknowledged_stale = true, rule_id = 'NoMembers' where batch_id = {batch}");

        var files = Unpack(await GetAsync(world, batch, "auditor"));

        Assert.Contains(Rows(files, "acknowledgements"), x => x.GetProperty("changedSince").GetBoolean());
        Assert.Equal("acknowledgements, audit, comments, decisions, delta, delta-warnings, emergency-starts, index, manifest, people, plan, policies, runs, standing, timeline, transfers, undo, undo-list, verification",
            string.Join(", ", files.Keys.Select(x => x.Split('.')[0]).Distinct().Order(StringComparer.Ordinal)));
        Assert.All(files.Values, x => Assert.DoesNotContain(text, x, StringComparison.Ordinal));
        Assert.Equal(2, Rows(files, "transfers").Count);
        Assert.All(Rows(files, "verification"), x => Assert.Equal("Perfect", x.GetProperty("grade").GetString()));
        var decision = Assert.Single(Rows(files, "decisions"));
        Assert.Equal(("approver", "Approve"), (decision.GetProperty("by").GetString(), decision.GetProperty("verdict").GetString()));
        Assert.Contains(Rows(files, "timeline"), x => x.GetProperty("kind").GetString() == "RunCompleted" || x.GetProperty("to").GetString() == "Completed");
        Assert.Contains(Rows(files, "plan"), x => x.GetProperty("kind").GetString() == "Room" && x.GetProperty("subject").GetString() == "General");
        // A spreadsheet computes nothing of what people typed.
        Assert.Contains(",'=1+1 is what the desk calls it,", files["comments.csv"], StringComparison.Ordinal);
        Assert.Contains("=1+1 is what", files["comments.json"], StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", files["index.html"], StringComparison.Ordinal);
        Assert.Contains("Perfect", files["index.html"], StringComparison.Ordinal);
        // A rule by its title, not by a word for programs.
        Assert.Contains(" without members</td>", files["index.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<td>NoMembers</td>", files["index.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<script", files["index.html"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Package_OfAReviewUnderAPolicy_HasItsRulesWithWhoSetThemAndWhy()
    {
        await using var world = await RunWorld.CreateAsync();
        ChatWorld.Done(await world.Portal.Get<SetPolicyHandler>().HandleAsync(
            new SetPolicy("contoso", new ReviewPolicy { WarningsNeedReason = false, OpenThreadsBlock = true }, "agreed with the board"), PolicyWorld.Ada, CancellationToken.None));
        var batch = await world.RanAsync(ChatWorld.Hall);

        var policy = Assert.Single(Rows(Unpack(await GetAsync(world, batch, "auditor")), "policies"));

        Assert.Equal((PolicyWorld.Ada.Name, "agreed with the board"), (policy.GetProperty("by").GetString(), policy.GetProperty("reason").GetString()));
        Assert.Equal(JsonValueKind.Object, policy.GetProperty("body").ValueKind);
    }

    [Fact]
    public async Task Package_MadeTwiceOfTheSameState_IsTheSameBytes()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);

        var first = await GetAsync(world, batch, "auditor");
        var second = await GetAsync(world, batch, "auditor");

        Assert.Equal(Convert.ToHexStringLower(first), Convert.ToHexStringLower(second));
        Assert.Equal(2, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'EvidenceMade' and by = 'auditor' and details ? 'manifest'"));
    }

    [Fact]
    public async Task Package_ByOthers_HasNoAuditOrIsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(ChatWorld.Hall);
        await world.EndAsync((await world.StartAsync(batch)).RunId);

        Assert.Equal((HttpStatusCode.Forbidden, "not-allowed"), await RefusedAsync(world, batch, "planner"));
        Assert.DoesNotContain("audit.jsonl", Unpack(await GetAsync(world, batch, "operator")).Keys);
        Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'EvidenceMade'"));
    }

    [Theory]
    [InlineData(BatchState.Approved)]
    [InlineData(BatchState.InReview)]
    [InlineData(BatchState.Draft)]
    public async Task Package_OfASubmittedBatchBeforeItsRun_HasItsPlanAndDecisionsAndNoRun(BatchState state)
    {
        await using var world = await RunWorld.CreateAsync();
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.ApprovedBatchAsync(ChatWorld.Hall);
        if (state != BatchState.Approved)
            await approver.PostAsync($"batches/{batch}/withdraw-approval", new { reason = "Seen too late" });
        if (state == BatchState.Draft)
            await approver.PostAsync($"batches/{batch}/send-back", new { reason = "Not yet" });
        // Found since, by a plan that nobody submitted.
        await world.Portal.Database.ExecuteAsync($"""
            insert into portal.batch_findings (batch_id, rule_id, severity, subject, message, acknowledged_stale)
            select {batch}, 'P12', 'Warning', 'Since', message, false from portal.batch_findings where batch_id = {batch} limit 1
            """);
        Assert.Equal(state, await world.BatchAsync(batch));

        var files = Unpack(await GetAsync(world, batch, "auditor"));

        Assert.Contains(Rows(files, "plan"), x => x.GetProperty("kind").GetString() == "Room" && x.GetProperty("subject").GetString() == "Hall");
        Assert.Contains(Rows(files, "decisions"), x => x.GetProperty("verdict").GetString() == "Approve");
        Assert.NotEmpty(Rows(files, "timeline"));
        Assert.Equal(["Since"], Rows(files, "acknowledgements").Where(x => !x.GetProperty("ofThisPlan").GetBoolean()).Select(x => x.GetProperty("subject").GetString()));
        Assert.Contains(Rows(files, "acknowledgements"), x => x.GetProperty("ofThisPlan").GetBoolean());
        foreach (var later in new[] { "runs", "transfers", "verification", "delta", "undo" })
            Assert.Empty(Rows(files, later));
        Assert.StartsWith("<!DOCTYPE html>", files["index.html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BatchState.Draft)]
    [InlineData(BatchState.Running)]
    public async Task Package_NeverSubmittedOrBeingWritten_IsRefused(BatchState state)
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync(state == BatchState.Draft
            ? $"delete from portal.decisions; delete from portal.reviews; update portal.batches set state = 'Draft' where id = {batch}"
            : $"update portal.batches set state = 'Running' where id = {batch}");

        Assert.Equal((HttpStatusCode.Conflict, "wrong-state"), await RefusedAsync(world, batch, "operator"));
    }

    [Fact]
    public async Task Package_InGerman_HasAGermanPageAndTheSameData()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);

        var german = Unpack(await GetAsync(world, batch, "auditor", "de"));

        Assert.Contains("<html lang=\"de\">", german["index.html"], StringComparison.Ordinal);
        Assert.Contains("Nachweis zu", german["index.html"], StringComparison.Ordinal);
        Assert.Equal(Unpack(await GetAsync(world, batch, "auditor"))["timeline.json"], german["timeline.json"]);
    }

    internal static async Task<byte[]> GetAsync(RunWorld world, long batch, string persona, string language = "en")
    {
        using var client = world.Portal.ClientFor(persona);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return await client.GetByteArrayAsync($"api/v1/batches/{batch}/evidence");
    }

    private static async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(RunWorld world, long batch, string persona)
    {
        using var client = world.Portal.ClientFor(persona);
        using var answer = await client.GetAsync($"api/v1/batches/{batch}/evidence");
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }

    private static List<JsonElement> Rows(Dictionary<string, string> files, string name) => [.. JsonDocument.Parse(files[$"{name}.json"]).RootElement.EnumerateArray()];

    private static Dictionary<string, string> Unpack(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package), ZipArchiveMode.Read);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            files.Add(entry.FullName, reader.ReadToEnd());
        }

        return files;
    }
}
