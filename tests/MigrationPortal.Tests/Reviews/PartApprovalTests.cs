using System.Text.Json;
using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Evidence;
using MigrationPortal.Inbox;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Values;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Owners of a category who do not reach every room of the batch approve their part: it fills the need, and never the number.</summary>
public sealed class PartApprovalTests
{
    private static readonly ReviewPolicy _owners = new() { Rules = [new(ReviewFacts.Rooms, 1, null, PolicyRule.CategoryOwner)] };

    [Fact]
    public async Task Approve_ByTheOwner_FillsTheNeedAndNotTheNumber()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        var before = await world.StandingAsync(id, OwnerWorld.Olaf);
        Assert.Equal(["olaf"], before.Fillers[$"Category:{OwnerWorld.Category}"].Select(x => x.Person));
        Assert.Equal([OwnerWorld.Category], before.OwnPart);

        var decision = Done(await world.ApproveAsync(id, OwnerWorld.Olaf));

        Assert.Equal([OwnerWorld.Category], decision.Part);
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        var standing = await world.StandingAsync(id, Anna);
        Assert.Equal((0, "olaf"), (standing.Standing.Have, Assert.Single(standing.Parts).Person));
        Assert.Equal(new StandingNote("approvals-missing", "1"), Assert.Single(standing.Standing.Missing));
        Assert.Contains("your part", Refused(await world.ApproveAsync(id, OwnerWorld.Olaf), "already-approved").Message, StringComparison.Ordinal);

        Done(await world.ApproveAsync(id, Anna));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.Equal(["Created", "Submitted", "PartApproved", "Approved"], await world.KindsAsync(id));
    }

    [Fact]
    public async Task Approve_ByTheOwnerLast_ApprovesTheBatch_AndTheOtherIsNamedAsApprover()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        Done(await world.ApproveAsync(id, Anna));
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Assert.Equal([$"Category:{OwnerWorld.Category}"], (await world.StandingAsync(id, Anna)).Standing.MissingNeeds);

        Done(await world.ApproveAsync(id, OwnerWorld.Olaf));

        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.Equal("anna", (await world.Get<BatchQueries>().FindAsync(id, CancellationToken.None))!.ApprovedBy);
        Assert.Equal(OwnerWorld.Category, await world.Database.ScalarAsync<string>("select details ->> 'part' from portal.audit_entries where action = 'BatchApproved'"));
    }

    [Fact]
    public async Task Approve_NoOwnerNeeded_OrNoneOfItsRooms_IsOutOfScope()
    {
        await using var world = await OwnerWorld.StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        Refused(await world.ApproveAsync(id, OwnerWorld.Olaf), "out-of-scope");
        await world.SetAsync(_owners);
        var other = await world.SubmittedAsync("Wave 2", "Repo");
        Refused(await world.ApproveAsync(other, OwnerWorld.Olaf), "out-of-scope");
        Assert.True((await world.StandingAsync(other, OwnerWorld.Olaf)).IsOutside);
    }

    [Fact]
    public async Task Approve_WithATokenForElsewhere_ApprovesNoPart()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        var elsewhere = OwnerWorld.Olaf with { Grants = [new Grant(Role.Approver, null, "Research")] };
        Refused(await world.ApproveAsync(id, elsewhere), "out-of-scope");
        // Whoever may approve the whole does so with what reaches the whole; their token for a part approves nothing.
        Refused(await world.ApproveAsync(id, Anna with { Grants = [new Grant(Role.Approver, null, OwnerWorld.Category)] }), "out-of-scope");
    }

    [Fact]
    public async Task Withdraw_ByTheOwner_TakesTheBatchBackToReview()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await ApprovedAsync(world);
        Done(await world.WithdrawAsync(id, OwnerWorld.Olaf));
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Assert.Equal(LossKind.Withdrawn, (await world.StandingAsync(id, Anna)).Lost.Single().How);
        Done(await world.ApproveAsync(id, OwnerWorld.Olaf));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Sweep_OwnerLeftTheGroup_LosesThatPart()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await ApprovedAsync(world);
        await world.Database.ExecuteAsync("update portal.people set memberships = '{\"groups\":[],\"appRoles\":[]}' where name = 'olaf'");
        Assert.Equal([id], await world.SweepAsync());
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        var standing = await world.StandingAsync(id, Anna);
        Assert.Equal((LossKind.RightLost, true), (standing.Lost.Single().How, standing.IsShortOfPeople));
    }

    [Fact]
    public async Task SendBack_ByTheOwner_IsOutOfScope()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        Refused(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "too wide"), OwnerWorld.Olaf, CancellationToken.None), "out-of-scope");
    }

    [Fact]
    public async Task Edit_OfABatchOfWhichAPartIsApproved_IsSaidToEndThatAndConcernsTheOwner()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        Done(await world.ApproveAsync(id, OwnerWorld.Olaf));

        var notice = (await world.Get<BatchViewQueries>().FindAsync(id, Petra, computes: false, CancellationToken.None))!.VoidNotice!;

        Assert.Equal(["olaf"], notice.Concerned);
        Assert.Empty((await world.Get<BatchViewQueries>().FindAsync(id, OwnerWorld.Olaf, computes: false, CancellationToken.None))!.VoidNotice!.Concerned);
        Assert.Contains(") approved the batch. Your change takes it back to draft, and this approval no longer counts.", notice.SentenceAt(Clock.Utc), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_OfOwners_NamesTheirPart_UntilOneOfThemApproves()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var olga = OwnerWorld.Olaf with { Name = "olga", DisplayName = "Olga" };
        await OwnerWorld.AddAsync(world, olga);
        var first = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        var other = await world.SubmittedAsync("Wave 2", "Repo");

        var lines = await ListAsync(world, olga);
        Assert.Equal(["Approve Trading / Rates in Wave 1", "Approve Wave 2"], lines.Select(x => x.Title));
        Assert.Equal([true, false], lines.Select(x => x.IsCounted));
        Assert.Equal($"review:{other}", lines[1].Key);

        Done(await world.ApproveAsync(first, OwnerWorld.Olaf));
        Assert.DoesNotContain(await ListAsync(world, olga), x => x.IsCounted);
    }

    [Fact]
    public async Task Card_OfTheOwner_OffersTheirPart_AndTheOthersSeeIt()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        await using var ofOlaf = new PageContext(world.Services, OwnerWorld.Olaf);
        await using var ofAnna = new PageContext(world.Services, Anna);
        var (olaf, anna) = (Open(ofOlaf, id), Open(ofAnna, id));
        Assert.Equal("Your decision: Trading / Rates", olaf.Find("section.decide h2").TextContent);
        Assert.Contains("Still needed: an approver of the category Trading / Rates. Known: Olaf.", anna.Find(".standing").TextContent, StringComparison.Ordinal);

        await olaf.InvokeAsync(() => olaf.FindAll("section.decide button").Single(x => x.TextContent.Trim() == "Approve Trading / Rates").ClickAsync());

        anna.WaitForState(() => anna.Find("section.decide").TextContent.Contains("Olaf approved Trading / Rates", StringComparison.Ordinal));
        Assert.Contains("0 of 1 approvals", anna.Find("section.decide header").TextContent, StringComparison.Ordinal);
        // What was given once is not offered again.
        olaf.WaitForAssertion(() => Assert.Contains(
            "You have already approved your part", olaf.FindAll("section.decide button").Single(x => x.TextContent.Trim() == "Approve Trading / Rates").GetAttribute("title"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evidence_OfAPart_NamesItsCategories()
    {
        await using var world = await OwnerWorld.StartAsync();
        await world.SetAsync(_owners);
        var id = await ApprovedAsync(world);
        await using var db = world.Database.OpenPortal();
        await db.Database.OpenConnectionAsync();
        await using var stream = new MemoryStream();
        var section = EvidenceSections.All.Single(x => x.Name == "decisions");
        await section.ReadAsync((Npgsql.NpgsqlConnection)db.Database.GetDbConnection(), id, new JsonRows(stream), CancellationToken.None);
        var parts = JsonDocument.Parse(stream.ToArray()).RootElement.EnumerateArray().Select(x => $"{x.GetProperty("by")}: {x.GetProperty("part")}");
        Assert.Equal(["anna: ", $"olaf: [\"{OwnerWorld.Category}\"]"], parts);
    }

    private static IRenderedComponent<BatchPage> Open(PageContext context, long id)
    {
        context.RenderPopovers();
        var page = context.At($"/batches/{id}?pair={Pair}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("section.decide .standing p").Count > 0);
        return page;
    }

    private static async Task<long> ApprovedAsync(BatchWorld world)
    {
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.ApproveAsync(id, OwnerWorld.Olaf));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        return id;
    }

    private static Task<IReadOnlyList<InboxLine>> ListAsync(BatchWorld world, Caller caller)
    {
        world.Get<LiveFeed>().AnnounceEverything();
        return world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None);
    }
}
