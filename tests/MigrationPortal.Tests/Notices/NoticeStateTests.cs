using System.Globalization;
using System.Text.Json;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Reviews.BreakGlass;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>Mails and webhooks say how the batch is that they are about, at the moment in which they are written.</summary>
public sealed class NoticeStateTests
{
    [Fact]
    public async Task Mail_SentAfterAnApproval_SaysStateAndCountsOfThatMomentInTheReadersLanguage()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await world.Database.ExecuteAsync("update portal.people set language = 'de' where name = 'marek'; update portal.people set language = 'es' where name = 'duo'");
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Repo");
        await node.HandOutAsync();
        Done(await world.ApproveAsync(id, Anna));
        await node.SendAsync();

        Assert.Contains("State: In review · 1 of 2 approvals · 2 rooms, 150 messages", TextTo("both"), StringComparison.Ordinal);
        Assert.Contains("Status: In Genehmigung · 1 von 2 Genehmigungen · 2 Chatrooms, 150 Nachrichten", TextTo("marek"), StringComparison.Ordinal);
        Assert.Contains("Estado: En revisión · 1 de 2 aprobaciones · 2 salones, 150 mensajes", TextTo("duo"), StringComparison.Ordinal);
        // What is about no batch has no such line.
        Assert.Single(smtp.Messages, x => x.To.ToString().Contains("olga@", StringComparison.Ordinal) && !x.TextBody!.Contains("State:", StringComparison.Ordinal));

        string TextTo(string name) => Assert.Single(smtp.Messages, x => x.To.ToString().Contains($"{name}@", StringComparison.Ordinal) && x.Subject!.StartsWith("Wave 1: ", StringComparison.Ordinal)).TextBody!;
    }

    [Fact]
    public async Task Mail_OfADecidedBatch_SaysItsStateWithoutApprovals()
    {
        await using var world = await StartAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await node.HandOutAsync();
        await node.SendAsync();

        var olga = Assert.Single(smtp.Messages, x => x.To.ToString().Contains("olga@", StringComparison.Ordinal));
        Assert.Contains("State: Approved · 1 room, 120 messages", olga.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_OfABatch_HasWhoDidItStateAndCounts_AndOfAnythingElseNoBatch()
    {
        await using var world = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", receiver.Url, WebhookFormat.Json, ["ReviewOpened", "PolicyChanged"], null), PolicyWorld.Ada, CancellationToken.None));
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Repo");
        Done(await world.ApproveAsync(id, Anna));
        await node.HandOutAsync();
        Assert.Equal(2, await node.SendAsync());

        var bodies = receiver.Taken.Select(x => x.Body).ToList();
        var policy = JsonSerializer.Deserialize<JsonElement>(bodies[0]).GetProperty("data");
        Assert.Equal(("ada", JsonValueKind.Null), (policy.GetProperty("by").GetString(), policy.GetProperty("batch").ValueKind));
        var at = JsonSerializer.Deserialize<JsonElement>(bodies[1]).GetProperty("timestamp").GetRawText();
        Assert.Equal(
            $$$"""
            {"type":"ReviewOpened","timestamp":{{{at}}},"data":{"subject":"batch:{{{id}}}","poolPairId":"contoso","title":"Wave 1","text":"Wave 1: petra submitted the batch","by":"petra","batch":{"id":"{{{id}}}","name":"Wave 1","state":"InReview","rooms":2,"messages":150,"approvals":{"have":1,"needed":2}},"url":"https://portal.contoso.com/batches/{{{id}}}?pair=contoso"}}
            """,
            bodies[1]);
    }

    [Fact]
    public async Task State_AfterAnEmergencyStart_WaitsForNoApproval()
    {
        await using var world = await EmergencyWorld.StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Assert.Equal(("State: In review · 0 of 2 approvals · 1 room, 120 messages", """{"have":0,"needed":2}"""), await FindAsync(world, id));

        Done(await world.ConfirmAsync(Done(await world.AskAsync(id, EmergencyWorld.Olga)), EmergencyWorld.Omar));

        Assert.Equal(("State: Approved · 1 room, 120 messages", "null"), await FindAsync(world, id));
    }

    [Fact]
    public async Task State_WithEnoughApprovalsAndAMissingOwner_SaysNoNumberThatWouldSuffice()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(new ReviewPolicy { Rules = [new(ReviewFacts.Rooms, 1, null, PolicyRule.CategoryOwner)] });
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        Done(await world.ApproveAsync(id, Anna));

        Assert.Equal(("State: In review · 2 rooms, 127 messages", """{"have":1,"needed":1}"""), await FindAsync(world, id));
    }

    private static async Task<(string Said, string Approvals)> FindAsync(BatchWorld world, long id)
    {
        await using var db = world.Database.OpenPortal();
        var (_, state) = Assert.Single(await world.Get<NoticeStates>().FindAsync(db, [$"batch:{id}"], CancellationToken.None));
        return (state.Say(CultureInfo.GetCultureInfo("en")), JsonSerializer.SerializeToElement(state.Facts, JsonSerializerOptions.Web).GetProperty("approvals").GetRawText());
    }
}
