using Bunit;
using MigrationPortal.Engine;
using MigrationPortal.Inbox;
using MigrationPortal.Live;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Reviews.Policy.Loosening;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Notices;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>A policy that asks for less is one administrator's proposal until a second one confirms it.</summary>
public sealed class PolicyProposalTests
{
    private static readonly Caller _ida = new("ida", "Ida", new HashSet<Role> { Role.Administrator });
    private static readonly ReviewPolicy _two = new() { Approvals = 2 };

    [Fact]
    public async Task Set_LooserWhereTwoAreKnown_ChangesNothingUntilTheSecondConfirms()
    {
        await using var world = await StartTwoAsync();
        var answer = Done(await SetAsync(world, ReviewPolicy.Default));
        Assert.Null(answer.Version);
        Assert.Equal(2, (await CurrentAsync(world)).Policy.Approvals);
        Refused(await DecideAsync(world, answer.Proposal!.Id, PolicyWorld.Ada), "four-eyes");
        Refused(await DecideAsync(world, answer.Proposal.Id, Anna), "not-allowed");

        Done(await DecideAsync(world, answer.Proposal.Id, _ida));

        Assert.Equal((2, 1), ((await CurrentAsync(world)).Version, (await CurrentAsync(world)).Policy.Approvals));
        var version = (await world.Get<PolicyQueries>().VersionsAsync(Pair, new(0, 1), CancellationToken.None)).Items[0];
        Assert.Equal(("ada", "ida"), (version.By, version.ConfirmedBy));
        Assert.Equal((1, 2), (await world.AuditsAsync("PolicyProposed"), await world.AuditsAsync("PolicySet")));
        Refused(await DecideAsync(world, answer.Proposal.Id, _ida), "policy-proposal-closed");
    }

    [Fact]
    public async Task Set_NoLooserThanTheNewestButThanWhatIsInReview_WaitsForTheSecond()
    {
        await using var world = await StartTwoAsync();
        await world.SubmittedAsync("Wave 1", "Desk");
        Done(await DecideAsync(world, Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!.Id, _ida));

        var answer = Done(await world.Get<SetPolicyHandler>().HandleAsync(new SetPolicy(Pair, ReviewPolicy.Default, "for those in review, too", AlsoOpen: true), PolicyWorld.Ada, CancellationToken.None));

        Assert.Equal((null, 2), (answer.Version, (await CurrentAsync(world)).Version));
        Done(await DecideAsync(world, answer.Proposal!.Id, _ida));
        Assert.Equal(3, (await CurrentAsync(world)).Version);
    }

    [Fact]
    public async Task Set_LooserByTheOnlyAdministrator_AppliesAtOnce()
    {
        await using var world = await StartAsync();
        await world.SetAsync(_two);
        Assert.NotNull(Done(await SetAsync(world, ReviewPolicy.Default)).Version);
    }

    [Fact]
    public async Task Set_AsStrict_AppliesAtOnce_AndReplacesWhatWasProposed()
    {
        await using var world = await StartTwoAsync();
        var proposal = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        Assert.NotNull(Done(await SetAsync(world, new ReviewPolicy { Approvals = 3 })).Version);
        Refused(await DecideAsync(world, proposal.Id, _ida), "policy-proposal-closed");
        Assert.Equal(3, (await CurrentAsync(world)).Policy.Approvals);
    }

    [Fact]
    public async Task Propose_Again_LeavesTheNewestOpen()
    {
        await using var world = await StartTwoAsync();
        var first = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        var second = Done(await SetAsync(world, new ReviewPolicy { ExpiresAfterHours = null })).Proposal!;
        Refused(await DecideAsync(world, first.Id, _ida), "policy-proposal-closed");
        Assert.Equal(second.Id, (await world.Get<PolicyProposals>().FindOpenAsync(Pair, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task Confirm_ByTwoAtOnce_AddsOneVersion()
    {
        await using var world = await StartTwoAsync();
        await AddAsync(world, _ida with { Name = "ines" });
        var proposal = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        var outcomes = await Task.WhenAll(DecideAsync(world, proposal.Id, _ida), DecideAsync(world, proposal.Id, _ida with { Name = "ines" }));
        Assert.Single(outcomes, x => x.IsDone);
        Assert.Equal(2, (await CurrentAsync(world)).Version);
    }

    [Fact]
    public async Task Confirm_ProposedBySomebodyWhoIsAdministratorNoLonger_IsRefused()
    {
        await using var world = await StartTwoAsync();
        var proposal = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        await world.Database.ExecuteAsync("update portal.people set memberships = '{\"groups\":[],\"appRoles\":[]}' where name = 'ada'");
        Refused(await DecideAsync(world, proposal.Id, _ida), "policy-proposal-closed");
        Assert.Equal(2, (await CurrentAsync(world)).Policy.Approvals);
    }

    [Fact]
    public async Task Reject_NeedsAReason_ButNotToTakeItBack()
    {
        await using var world = await StartTwoAsync();
        var proposal = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        Refused(await DecideAsync(world, proposal.Id, _ida, isConfirmed: false), "reason-required");
        Done(await DecideAsync(world, proposal.Id, _ida, isConfirmed: false, "two are right"));
        var again = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        Done(await DecideAsync(world, again.Id, PolicyWorld.Ada, isConfirmed: false));
        Assert.Equal(2, await world.AuditsAsync("PolicyRejected"));
        Assert.Null(await world.Get<PolicyProposals>().FindOpenAsync(Pair, CancellationToken.None));
    }

    [Fact]
    public async Task Inbox_OfAdministrators_AsksTheOtherOne()
    {
        await using var world = await StartTwoAsync();
        Done(await SetAsync(world, ReviewPolicy.Default));
        world.Get<LiveFeed>().AnnounceEverything();
        var asked = Assert.Single(await world.Get<InboxQueries>().ListAsync(Pair, _ida, CancellationToken.None));
        Assert.Equal(($"policy-proposal:{Pair}", true), (asked.Key, asked.IsCounted));
        Assert.False(Assert.Single(await world.Get<InboxQueries>().ListAsync(Pair, PolicyWorld.Ada, CancellationToken.None)).IsCounted);
    }

    [Fact]
    public async Task Bell_OfTheOtherAdministrators_SaysOnceWhatWaits()
    {
        await using var world = await StartTwoAsync();
        await AddAsync(world, new Caller("marta", "Marta", new HashSet<Role> { Role.Approver, Role.Auditor }));
        var proposal = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        await OutboxTests.HandOutAsync(world);
        await OutboxTests.HandOutAsync(world);
        Assert.Equal((1, 0, 0), (await ToldAsync(world, "ida"), await ToldAsync(world, "ada"), await ToldAsync(world, "marta")));

        // What is settled before it is handed out is told to nobody.
        Done(await DecideAsync(world, proposal.Id, _ida, isConfirmed: false, "two are right"));
        var again = Done(await SetAsync(world, ReviewPolicy.Default)).Proposal!;
        Done(await DecideAsync(world, again.Id, PolicyWorld.Ada, isConfirmed: false));
        await OutboxTests.HandOutAsync(world);
        Assert.Equal(1, await ToldAsync(world, "ida"));
    }

    [Fact]
    public async Task Tab_OfTheSecondAdministrator_ShowsTheProposalLiveAndConfirmsIt()
    {
        await using var world = await StartTwoAsync();
        await using var context = new PageContext(world.Services, _ida);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/administration?tab=approvals&pair={Pair}").Render<PolicyTab>();
        page.WaitForState(() => page.Markup.Contains("Save policy", StringComparison.Ordinal));
        Done(await SetAsync(world, ReviewPolicy.Default));
        page.WaitForState(() => page.Markup.Contains("a second administrator must confirm it", StringComparison.Ordinal));

        await dialogs.AnswerAsync(page.InvokeAsync(() => page.FindAll("button").Single(x => x.TextContent.Trim() == "Confirm policy…").ClickAsync()), isConfirmed: true);

        page.WaitForState(() => page.FindAll("section.proposal").Count == 0 && page.Markup.Contains("confirmed by", StringComparison.Ordinal));
        Assert.Equal(1, (await CurrentAsync(world)).Policy.Approvals);
    }

    private static async Task<BatchWorld> StartTwoAsync()
    {
        var world = await StartAsync();
        await AddAsync(world, PolicyWorld.Ada);
        await AddAsync(world, _ida);
        await world.SetAsync(_two);
        return world;
    }

    private static Task<int> ToldAsync(BatchWorld world, string person) => world.Database.ScalarAsync<int>(
        $"select count(*) from portal.notifications n join portal.events e on e.id = n.event_id join portal.people p on p.id = n.person_id where e.kind = 'PolicyProposed' and p.name = '{person}'");

    private static async Task AddAsync(BatchWorld world, Caller administrator)
    {
        await using var db = world.Database.OpenPortal();
        db.Add(Known(administrator));
        await db.SaveChangesAsync();
    }

    private static Task<Outcome<PolicyAnswer>> SetAsync(BatchWorld world, ReviewPolicy policy) =>
        world.Get<SetPolicyHandler>().HandleAsync(new SetPolicy(Pair, policy, "fewer people"), PolicyWorld.Ada, CancellationToken.None);

    private static Task<Outcome<PolicyProposal>> DecideAsync(BatchWorld world, long proposal, Caller caller, bool isConfirmed = true, string? reason = null) =>
        world.Get<DecidePolicyHandler>().HandleAsync(new DecidePolicy(Pair, proposal, isConfirmed, reason), caller, CancellationToken.None);

    private static Task<CurrentPolicy> CurrentAsync(BatchWorld world) => world.Get<PolicyQueries>().FindAsync(Pair, CancellationToken.None);
}
