using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Tests.Engine.Planning;

/// <summary>A category that is there already and that somebody changed since is not changed back: its rooms are planned by what stands there.</summary>
public sealed class StandingCategoryTests
{
    private static readonly Guid Kim = PoolBuilder.Guids("principal Kim");

    private static PoolBuilder Legacy() => new PoolBuilder().Principal("Ines").Principal("Kim")
        .Category("Desk", with: n => n with { Invite = true }).Room("Spot", "Desk", with: n => n with { Invite = true }).Member("Spot", "Ines").Member("Spot", "Kim");

    private static PoolBuilder New(bool invite = true, bool logged = true) => new PoolBuilder().Principal("Ines").Principal("Kim")
        .Category("Desk", with: n => n with { Invite = invite, Logged = logged, FilePost = true });

    private static PlanResult Plan(ChatPool there, PlanOptions? options = null) => Legacy().Plan(options ?? new PlanOptions(), there);

    [Fact]
    public void Reused_AsPlanned_ChangesNothing()
    {
        var (reused, created) = (Plan(New().Scope("Desk", "contoso.com").Build()), Plan(new PoolBuilder().Build()));
        Assert.Equal(created.Plan.Fingerprint, reused.Plan.Fingerprint);
        Assert.Contains(Kim, reused.Plan.Rooms.Single().Members);
    }

    [Fact]
    public void Reused_WithANarrowerScope_DropsWhoIsOutsideAndSaysSo()
    {
        var result = Plan(New().Scope("Desk", "Ines").Build());
        Assert.Equal([PoolBuilder.Guids("principal Ines")], result.Plan.Rooms.Single().Members);
        Assert.Contains("Kim", result.Findings.Single(x => x.RuleId == "P09").Message, StringComparison.Ordinal);
        Assert.Contains(result.Plan.RightChanges, x => x is { Person: "Kim", Right: "Member", IsGain: false });
    }

    [Fact]
    public void Reused_WithANarrowerScope_SaysSoAlsoOfARightThatObeysScope()
    {
        var result = Legacy().Principal("Lea").Member("Spot", "Lea", honorsScope: true).Plan(new PlanOptions(), New().Scope("Desk", "Ines").Build());
        Assert.Equal(["Kim", "Lea"], result.Plan.RightChanges.Where(x => x is { Right: "Member", IsGain: false }).Select(x => x.Person).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Reused_WithAWiderScope_GivesNobodyMore()
    {
        var legacy = new PoolBuilder().Principal("Ines").Principal("Kim").Category("Desk").Scope("Desk", "Ines").Room("Spot", "Desk").Member("Spot", "contoso.com").Member("Spot", "Kim");
        var there = new PoolBuilder().Principal("Ines").Principal("Kim").Category("Desk").Scope("Desk", "contoso.com").Build();
        Assert.Equal([PoolBuilder.Guids("principal Ines")], legacy.Plan(new PlanOptions(), there).Plan.Rooms.Single().Members);
    }

    [Fact]
    public void Reused_ContainerOverANarrowerScope_BecomesThePeopleWhomTheBatchKnowsAndNobodyKeptOut()
    {
        var legacy = new PoolBuilder().Principal("Ines").Principal("Kim").Category("Desk").Room("Spot", "Desk").Member("Spot", "contoso.com");
        var there = New().Principal("Joiner").Scope("Desk", "Ines", "Kim", "Joiner").Build();
        var result = legacy.Plan(new PlanOptions(), there with { Scopes = [.. there.Scopes, there.Scopes[^1] with { PrincipalId = there.Principals.Single(x => x.Name == "Kim").PrincipalId, IsDenied = true }] });
        Assert.Equal([PoolBuilder.Guids("principal Ines")], result.Plan.Rooms.Single().Members);
        Assert.Contains("contoso.com", result.Findings.Single(x => x.RuleId == "P09").Message, StringComparison.Ordinal);
        Assert.Contains(result.Plan.RightChanges, x => x is { Person: "contoso.com", Right: "Member", IsGain: false, Cause: "OutOfStanding" });
    }

    [Fact]
    public void Reused_WithANarrowerScope_KeepsNoPresenterWhoIsNoMember()
    {
        var legacy = new PoolBuilder().Principal("Ines").Principal("Kim").Category("Desk").Room("Spot", "Desk", with: n => n with { Behavior = "auditorium" })
            .Member("Spot", "Ines").Member("Spot", "Kim").Presenter("Spot", "Ines").Presenter("Spot", "Kim");
        var room = legacy.Plan(new PlanOptions(), New().Scope("Desk", "Ines").Build()).Plan.Rooms.Single();
        Assert.Equal(room.Members, room.Presenters);
        Assert.Equal([PoolBuilder.Guids("principal Ines")], room.Members);
    }

    [Fact]
    public void Reused_WithANarrowerScope_AdmitsNobody() =>
        Assert.DoesNotContain(Kim, Plan(New().Scope("Desk", "Ines").Build(), new PlanOptions { OutOfScope = OutOfScope.Admit }).Plan.Rooms.Single().Members);

    [Fact]
    public void Reused_KeepsSomebodyOut_DropsThem()
    {
        var there = New().Scope("Desk", "contoso.com").Build();
        var result = Plan(there with { Scopes = [.. there.Scopes, there.Scopes[^1] with { PrincipalId = there.Principals.Single(x => x.Name == "Kim").PrincipalId, IsDenied = true }] });
        Assert.DoesNotContain(Kim, result.Plan.Rooms.Single().Members);
    }

    [Theory]
    [InlineData(PrincipalType.Folder, "OU=Staff,DC=contoso,DC=com", true)]
    [InlineData(PrincipalType.Folder, "OU=Others,DC=contoso,DC=com", false)]
    [InlineData(PrincipalType.Group, "CN=People,DC=contoso,DC=com", true)]
    [InlineData(PrincipalType.DomainContainer, null, true)]
    public void Reused_LetsInAContainerThatTheLegacyPoolDoesNotKnow_KeepsWhoIsInIt(PrincipalType type, string? path, bool isKept)
    {
        var there = New().Principal("People", type, path);
        // The last one stands for a group in a group: the new pool alone knows both.
        if (type == PrincipalType.Group)
            there.Affiliate("Kim", "People");
        else if (path is null)
            there.Principal("Inner", PrincipalType.Group).Affiliate("Kim", "Inner").Affiliate("Inner", "People");
        Assert.Equal(isKept, Plan(there.Scope("Desk", "People").Build()).Plan.Rooms.Single().Members.Contains(Kim));
    }

    [Fact]
    public void Reused_WithInvitationsOff_ForcesThemOffInTheRoom()
    {
        Assert.Null(Plan(New().Scope("Desk", "contoso.com").Build()).Plan.Rooms.Single().Invite);
        var result = Plan(New(invite: false).Scope("Desk", "contoso.com").Build());
        Assert.False(result.Plan.Rooms.Single().Invite);
        Assert.Contains(result.Findings, x => x.RuleId == "P07");
    }

    [Fact]
    public void Reused_WithHistoryOff_SaysThatTheRoomLosesIt()
    {
        Assert.DoesNotContain(Plan(New().Scope("Desk", "contoso.com").Build()).Findings, x => x.RuleId == "P08");
        Assert.Contains(Plan(New(logged: false).Scope("Desk", "contoso.com").Build()).Findings, x => x is { RuleId: "P08", Severity: Severity.Warning });
    }

    [Fact]
    public void Comparison_OfARoomThatIsThere_IsWithTheLegacyScope()
    {
        var legacy = Legacy().Build();
        var there = New().Scope("Desk", "Ines").Build();
        var plans = new RoomPlans(new PlanRequest(legacy, there, new HashSet<Guid>(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()));
        Assert.Contains(Kim, plans.Find(legacy.Nodes.Single(x => x.Name == "Spot"))!.Room.Members);
    }
}
