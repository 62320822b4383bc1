using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Delta;
using MigrationPortal.Delta.Warnings;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Delta;

/// <summary>A delta is judged by what it changes, not by what the batch's first plan changed.</summary>
public sealed class DeltaFactsTests
{
    private static readonly Guid _room = Guid.NewGuid();
    private static readonly Guid _category = Guid.NewGuid();
    private static readonly Guid _kim = Guid.NewGuid();
    private static readonly Guid _lee = Guid.NewGuid();

    [Theory]
    [InlineData(true, 1, 2)]
    [InlineData(false, 0, 1)]
    public async Task Delta_UnderARuleAboutGains_NeedsWhatItsOwnGainsAskFor(bool gives, long gaining, int needed)
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        ChatWorld.Done(await world.Portal.Get<SetPolicyHandler>().HandleAsync(
            new SetPolicy("contoso", new ReviewPolicy { Rules = [new(ReviewFacts.Gaining, 1, 2)] }, "more eyes"), PolicyWorld.Ada, CancellationToken.None));
        // The other way round than the delta.
        await world.Portal.Database.ExecuteAsync("delete from portal.plan_right_changes");
        if (!gives)
        {
            await world.Portal.Database.ExecuteAsync($"""
                insert into portal.plan_right_changes (plan_id, ordinal, principal, person, subject, "right", before, after, cause)
                select max(id), 1, '10000000-0000-0000-0000-000000000003'::uuid, 'Bob', 'General', 'Member', false, true, 'MemberOwn' from portal.batch_plans where batch_id = {batch}
                """);
        }

        await world.Chat.LegacyDatabase.ExecuteAsync(gives
            ? "insert into tblPrincipalRole values (10, 2, 1, 1, null, null)"
            : "update tblNode set nodeDesc = 'All of it' where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");

        await using var db = world.Portal.Database.OpenPortal();
        var review = await db.Set<Review>().SingleAsync(x => x.BatchId == batch && x.Kind == ReviewKind.Delta);
        Assert.Equal((gaining, needed), (review.Facts.GetValueOrDefault(ReviewFacts.Gaining), review.Needed));
    }

    [Theory]
    [InlineData("nodeDesc = 'All of it'", false, 0, 1)]
    [InlineData("nodeDesc = 'All of it'", true, 0, 1)]
    [InlineData("disabled = true", false, 1, 2)]
    public async Task Delta_UnderARuleAboutWarnings_NeedsWhatItsOwnWarningsAskFor(string change, bool isOfEarlierPortal, long warnings, int needed)
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        Assert.NotEqual(0, await world.Portal.Database.ScalarAsync<long>($"select count(*) from portal.batch_findings where batch_id = {batch} and severity = 'Warning'"));
        ChatWorld.Done(await world.Portal.Get<SetPolicyHandler>().HandleAsync(
            new SetPolicy("contoso", new ReviewPolicy { Rules = [new(ReviewFacts.Warnings, 1, 2)] }, "more eyes"), PolicyWorld.Ada, CancellationToken.None));
        if (isOfEarlierPortal)
            await ForgetWarningsAsync(world, batch);

        await world.Chat.LegacyDatabase.ExecuteAsync($"update tblNode set {change} where nodeID = 10");
        await op.PostAsync($"batches/{batch}/delta");

        await using var db = world.Portal.Database.OpenPortal();
        var review = await db.Set<Review>().SingleAsync(x => x.BatchId == batch && x.Kind == ReviewKind.Delta);
        Assert.Equal((warnings, needed), (review.Facts.GetValueOrDefault(ReviewFacts.Warnings), review.Needed));
        Assert.Equal(warnings, review.Facts.GetValueOrDefault("warnings:P16"));
        Assert.Equal(warnings, review.Facts.Where(x => ReviewFacts.RuleOf(x.Key) is not null).Sum(x => x.Value));
    }

    [Fact]
    public void Count_Warnings_HasThemByRule_AndNoneAcknowledged()
    {
        var warnings = DeltaWarning.List([Warning("P09", _room), Warning("P09", _category), Warning("P16", _room)], new Dictionary<Guid, long>());

        Assert.Equal(
            [(ReviewFacts.BulkAcknowledged, 0L), (ReviewFacts.Warnings, 3L), ("warnings:P09", 2L), ("warnings:P16", 1L)],
            DeltaFacts.Count(warnings).OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => (x.Key, x.Value)));
    }

    [Fact]
    public void Count_SettingsAndMessagesChanged_HasNothingButThose()
    {
        var room = Room(_category, [_kim]);
        var now = Plan([room with { Description = "All of it", Messages = new MessageSummary { NodeId = 1, Count = 7 } }], Category(_category, _kim));

        Assert.Equal([(ReviewFacts.Messages, 7L), (ReviewFacts.Rooms, 1L)], Above0(Plan([room], Category(_category, _kim)), now));
    }

    [Fact]
    public void Count_SeveralRightsOfOnePerson_CountsThemOnce()
    {
        var room = Room(_category, [_kim]);
        var now = Plan([room with { Members = [_kim, _lee], Presenters = [_lee] }], Category(_category, _kim, _lee));

        Assert.Equal([(ReviewFacts.Gaining, 1L), (ReviewFacts.Rooms, 1L)], Above0(Plan([room], Category(_category, _kim)), now));
    }

    [Fact]
    public void Count_RoomMovesToANewCategory_CountsWhomTheFormerOneDidNotAllow()
    {
        var other = Guid.NewGuid();
        var now = Plan([Room(other, [_kim])], Category(other, _kim, _lee));

        Assert.Equal([(ReviewFacts.Gaining, 1L), (ReviewFacts.Rooms, 1L)], Above0(Plan([Room(_category, [_kim])], Category(_category, _kim)), now));
    }

    [Fact]
    public void Count_RoomBecomesSecretUnderAManagerOfTheRoot_CountsBoth()
    {
        var room = Room(_category, [_kim]);
        var now = Plan([room with { Visibility = "private", Managers = [_lee], Decisions = [new("ManagerOfRoot", "Manager", null, "Lee") { Principal = _lee }] }], Category(_category, _kim));

        Assert.Equal(
            [(ReviewFacts.Gaining, 1L), (ReviewFacts.Rooms, 1L), (ReviewFacts.RootManagers, 1L), (ReviewFacts.SecretRooms, 1L)],
            Above0(Plan([room], Category(_category, _kim)), now));
    }

    [Fact]
    public void Count_RoomThatTheLastRunSetAside_CountsEverybodyInIt()
    {
        var now = Plan([Room(_category, [_kim, _lee])], Category(_category, _kim, _lee));

        Assert.Equal(
            [(ReviewFacts.ClosedRooms, 1L), (ReviewFacts.Gaining, 2L), (ReviewFacts.Rooms, 1L)],
            Above0(Plan([], Category(_category, _kim, _lee)), now));
    }

    [Fact]
    public void Count_FederatedPersonCameSince_CountsThem()
    {
        var known = Federated(_kim);
        var room = Room(_category, []);
        var now = Plan([room], Category(_category)) with { Principals = [known, Federated(_lee)] };

        Assert.Equal([(ReviewFacts.Federated, 1L), (ReviewFacts.Rooms, 1L)], Above0(Plan([room], Category(_category)) with { Principals = [known] }, now));
    }

    private static async Task ForgetWarningsAsync(RunWorld world, long batch)
    {
        await using var db = world.Portal.Database.OpenPortal();
        var run = await db.Set<Run>().AsNoTracking().SingleAsync(x => x.BatchId == batch);
        var document = PlanDocument.Write(PlanDocument.Read(run.Document) with { Warnings = null });
        await db.Set<Run>().Where(x => x.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Document, document));
    }

    private static Finding Warning(string rule, Guid room) => new(rule, Severity.Warning, room, "General");

    private static IEnumerable<(string Fact, long Count)> Above0(MigrationPlan before, MigrationPlan now) =>
        DeltaFacts.Count(before, now).Where(x => x.Value > 0).OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => (x.Key, x.Value));

    private static MigrationPlan Plan(IReadOnlyList<PlannedRoom> rooms, PlannedCategory category) =>
        new() { Fingerprint = "f", Principals = [], Affiliations = [], AddIns = [], Categories = [category], Rooms = rooms };

    private static PlannedRoom Room(Guid category, IReadOnlyList<Guid> members) => new()
    {
        Guid = _room, LegacyNodeId = 1, Category = category, Name = "General", LegacyName = "General", Behavior = "normal", Visibility = "scope", Members = members,
        Messages = new MessageSummary { NodeId = 1 },
    };

    private static PlannedCategory Category(Guid guid, params IReadOnlyList<Guid> scope) => new()
    {
        Guid = guid, Action = PlannedAction.Create, LegacyNodeId = 2, IsOwnPart = true, Name = "Trading", LegacyName = "Trading", Invite = true, Logged = true, FilePost = true, Scope = scope,
    };

    private static PlannedPrincipal Federated(Guid guid) =>
        new() { Guid = guid, Action = PlannedAction.Create, LegacyIds = [1], Uri = "sip:fred@fabrikam.com", Decisions = [new("FederatedDisabled", "Enabled", "federated", "disabled")] };
}
