using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Comments;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.PoolPairs.Viewing;
using MigrationPortal.Presence;
using MigrationPortal.Reviews;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Values;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.PoolPairs;

/// <summary>The approvals that a change of a pair's options ends: named before it, and no others are ended by it.</summary>
public sealed class PairReviewsTests
{
    [Fact]
    public async Task List_OfBatchesThatFollowThePair_SaysWhoApprovedEachAndWhoLooks()
    {
        await using var world = await StartAsync();
        var approved = await world.SubmittedAsync("Wave 2", "Swaps");
        Done(await world.ApproveAsync(approved, Anna));
        await world.SubmittedAsync("Wave 1", "Desk");
        var own = await world.CreateAsync(Petra, "Wave 3", "Repo");
        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(own, new PlanOptions { PrefixSeparator = " > " }), Petra, CancellationToken.None));
        Done(await world.SubmitAsync(own, Petra));
        Looks(world, Marek, approved);

        var known = await ListAsync(world);

        var at = Clock.Utc.Minute((await world.StandingAsync(approved, Petra)).Counted[0].At);
        Assert.Equal(["“Wave 1”: nobody has approved it yet.", $"“Wave 2”: anna ({at}) approved it. marek is looking at the batch."], known.All.Select(x => x.Sentence));
        Assert.Equal(["anna", "marek"], known.All[1].Concerned);
    }

    [Fact]
    public async Task Set_MoreWasApprovedOrSubmittedThanWasSaid_IsRefused_UntilThatIsKnownToo()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        var submitted = await ListAsync(world);
        Done(await world.ApproveAsync(id, Anna));
        Refused(await SetAsync(world, submitted.Mark), "review-moved");
        var approved = await ListAsync(world);
        await world.SubmittedAsync("Wave 2", "Desk");
        Refused(await SetAsync(world, approved.Mark), "review-moved");
        Assert.Equal((BatchState.Approved, new PlanOptions()), ((await world.BatchAsync(id)).State, (await PairAsync(world)).Options));

        Done(await SetAsync(world, (await ListAsync(world)).Mark));

        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Set_AnEmergencyStartWasConfirmedMeanwhile_IsRefused_UntilBothWhoDecidedOnItAreKnown()
    {
        await using var world = await EmergencyWorld.StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        var start = Done(await world.AskAsync(id, EmergencyWorld.Olga));
        var asked = await ListAsync(world);
        Done(await world.ConfirmAsync(start, EmergencyWorld.Omar));

        Refused(await SetAsync(world, asked.Mark), "review-moved");

        var confirmed = await ListAsync(world);
        Assert.Equal("“Wave 1”: olga and omar decided on an emergency start.", Assert.Single(confirmed.All).Sentence);
        Assert.Equal(["olga", "omar"], confirmed.All[0].Concerned);
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Done(await SetAsync(world, confirmed.Mark));
        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Note_RefusedForOneReviewThatEnded_ReachesTheOthers_AndNobodyOfABatchThatBegan()
    {
        await using var world = await StartAsync();
        List<long> batches = [await world.SubmittedAsync("Wave 1", "Swaps"), await world.SubmittedAsync("Wave 2", "Desk"), await world.SubmittedAsync("Wave 3", "Repo")];
        foreach (var batch in batches)
            Done(await world.ApproveAsync(batch, Anna));
        Looks(world, Marek, batches[0]);
        var known = await ListAsync(world);
        await world.Database.ExecuteAsync($"update portal.reviews set state = case when batch_id = {batches[2]} then 'Started' else 'Voided' end");

        // Beside one mention it fits into a comment, beside two it does not.
        var refused = await world.Get<IPairReviews>().NoteAsync(known, new string('x', BatchText.MaxComment - 30), PolicyWorld.Ada, CancellationToken.None);

        Assert.Equal("invalid-text", refused?.Code);
        await using var db = world.Database.OpenPortal();
        Assert.Equal(batches[1], (await db.Set<Comment>().SingleAsync()).BatchId);
    }

    [Fact]
    public async Task Options_SavedOverApprovals_NameThem_AskAgainAboutOneMore_AndTellTheirPeople()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        Done(await world.ApproveAsync(id, Anna));
        var other = await world.SubmittedAsync("Wave 2", "Desk");
        Looks(world, Marek, id);
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        var dialogs = context.RenderDialogs();
        var saved = await SaveAsync(world, context);
        dialogs.WaitForState(() => dialogs.FindAll(".mud-dialog li").Count == 2);
        Assert.Contains("anna (", dialogs.Find(".mud-dialog li").TextContent, StringComparison.Ordinal);
        Assert.Contains("marek is looking at the batch.", dialogs.Find(".mud-dialog li").TextContent, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.FindAll(".mud-dialog textarea")[0].InputAsync("Desks ask for it"));
        await dialogs.InvokeAsync(() => dialogs.FindAll(".mud-dialog textarea")[1].InputAsync("The names were too long"));
        Done(await world.ApproveAsync(other, Marek));

        var answered = dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        dialogs.WaitForState(() => dialogs.Markup.Contains("Save these options anyway?", StringComparison.Ordinal));
        Assert.Contains("marek (", dialogs.FindAll(".mud-dialog li")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        await dialogs.AnswerAsync(saved, isConfirmed: true);
        await answered;

        Assert.Equal((BatchState.Draft, " : "), ((await world.BatchAsync(id)).State, (await PairAsync(world)).Options.PrefixSeparator));
        await using var db = world.Database.OpenPortal();
        var note = await db.Set<Comment>().SingleAsync(x => x.BatchId == id);
        Assert.Equal(PolicyWorld.Ada.Name, note.By);
        Assert.EndsWith("The names were too long", note.Text, StringComparison.Ordinal);
        Assert.Contains("@[anna]", note.Text, StringComparison.Ordinal);
        Assert.Contains("@[marek]", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_OfManyBatches_NameTheFirst50_AndCountTheOthers()
    {
        await using var world = await StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            var batches = Enumerable.Range(10, 52).Select(i => new Batch { PoolPairId = Pair, Name = $"Wave {i}", Author = Petra.Name, CreatedAt = DateTimeOffset.UnixEpoch, State = BatchState.InReview }).ToList();
            db.AddRange(batches);
            await db.SaveChangesAsync();
            db.AddRange(batches.ConvertAll(x => new Review
            {
                BatchId = x.Id, Fingerprint = "f", SubmittedBy = Petra.Name, SubmittedAt = DateTimeOffset.UnixEpoch, Round = 1, PolicyVersion = 0, Facts = new(StringComparer.Ordinal), OwnedCategories = [], Needed = 1, Needs = [],
            }));
            await db.SaveChangesAsync();
        }

        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        var dialogs = context.RenderDialogs();
        var saved = await SaveAsync(world, context);
        dialogs.WaitForState(() => dialogs.FindAll(".mud-dialog li").Count == 51);
        Assert.Contains("Wave 10", dialogs.FindAll(".mud-dialog li")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("2 more batches", dialogs.FindAll(".mud-dialog li")[50].TextContent);
        // For the reason; a note would concern nobody.
        Assert.Single(dialogs.FindAll(".mud-dialog textarea"));
        await dialogs.AnswerAsync(saved, isConfirmed: false);
    }

    // The task of the click, inside another one: it ends only when the dialog closes.
    private static async Task<Task> SaveAsync(BatchWorld world, PageContext context)
    {
        var pair = await PairAsync(world);
        var tab = context.Render<OptionsTab>(x => x.AddCascadingValue(pair));
        tab.WaitForState(() => tab.FindAll("#option-contoso-PrefixSeparator").Count == 1 && tab.FindAll("[aria-busy=true]").Count == 0);
        await tab.InvokeAsync(() => tab.Find("#option-contoso-PrefixSeparator").InputAsync(" : "));
        return tab.InvokeAsync(() => tab.Find("form").SubmitAsync());
    }

    private static void Looks(BatchWorld world, Caller person, long batch) =>
        world.Get<PresenceStore>().Enter("circuit", new(person.Name, person.DisplayName, $"batch:{batch}", null, TimeProvider.System.GetUtcNow(), IsHidden: false));

    private static Task<PairReviews> ListAsync(BatchWorld world) => world.Get<IPairReviews>().ListAsync(Pair, PolicyWorld.Ada, Clock.Utc, CancellationToken.None);

    private static Task<Outcome<PoolPair>> SetAsync(BatchWorld world, string expected) =>
        world.Get<SetPairOptionsHandler>().HandleAsync(new(Pair, new PlanOptions { PrefixSeparator = " : " }) { ExpectedReviews = expected }, PolicyWorld.Ada, CancellationToken.None);

    private static async Task<PoolPair> PairAsync(BatchWorld world) => (await world.Get<PoolPairQueries>().FindAsync(Pair, CancellationToken.None))!;
}
