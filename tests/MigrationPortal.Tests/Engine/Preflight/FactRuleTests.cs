using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Preflight;

/// <summary>The rules that look beyond a single room: each once firing, and once just not.</summary>
public sealed class FactRuleTests
{
    private static readonly Guid Spot = PoolBuilder.Guids("node Spot");

    private static PoolBuilder Clean() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    private static PlanRequest Request(PoolBuilder pool, ChatPool? current = null, PlanOptions? options = null) => new(
        pool.Build(), current ?? new PoolBuilder().Build(), new HashSet<Guid> { Spot }, options ?? new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>());

    private static Finding? Find(PlanRequest request, string rule) => Planner.Plan(request).Findings.SingleOrDefault(x => x.RuleId == rule);

    [Fact]
    public void P12_DisabledMember_AsksForAYes() => Assert.Equal(
        (Severity.Warning, "Gone"), Planner.Plan(Request(Clean().Principal("Gone", disabled: 1).Member("Spot", "Gone"))).Findings.Where(x => x.RuleId == "P12").Select(x => (x.Severity, x.Evidence?.ToString())).Single());

    [Fact]
    public void RoomVanished_RoomThatTheLegacyPoolDoesNotHave_IsABlockerByItsName()
    {
        var gone = Guid.NewGuid();
        var request = Request(Clean()) with { Rooms = new HashSet<Guid> { Spot, gone }, KnownNames = new Dictionary<Guid, string> { [gone] = "Once" } };
        var found = Find(request, "RoomVanished")!;
        Assert.Equal((Severity.Blocker, gone, "Once"), (found.Severity, found.Room, found.Subject));
        Assert.Null(Find(Request(Clean()), "RoomVanished"));
    }

    [Fact]
    public void P12_DisabledWithoutRights_SaysNothing() => Assert.Null(Find(Request(Clean().Principal("Gone", disabled: 1)), "P12"));

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, false)]
    public void P15_Entries_AgainstTheLimit(int limit, bool fires)
    {
        var facts = Planner.Compute(Request(Clean()));
        Assert.Equal(fires, new P15Limits(maxEntries: limit).Check(facts).Any());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void P15_Invitations_CountOnlyWhereTheyAreOn(bool invites, bool fires)
    {
        var facts = Planner.Compute(Request(Clean().Change("Desk", n => n with { Invite = invites })));
        Assert.Equal(fires, new P15Limits(maxInvitations: 0).Check(facts).Any());
    }

    [Theory]
    [InlineData(2011, "All 3", true)]
    [InlineData(2013, "Of its 3", true)]
    [InlineData(2015, "", false)]
    public void P17_CutOff_SaysHowMuchStays(int firstYear, string sentence, bool fires)
    {
        var pool = Clean().Messages("Spot", 3, PoolBuilder.SystemId).Build();
        var (first, last) = (new DateTime(firstYear, 1, 1).Ticks, new DateTime(firstYear + 1, 1, 1).Ticks);
        var request = Request(Clean(), options: new PlanOptions { CutOff = new DateOnly(2013, 7, 1) }) with { Legacy = pool with { Messages = [.. pool.Messages.Select(x => x with { FirstTicks = first, LastTicks = last })] } };
        var finding = Find(request, "P17");
        Assert.Equal(fires, finding is not null);
        if (fires) Assert.StartsWith(sentence, finding!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P18_MissingFile_IsNamed()
    {
        var files = new Dictionary<Guid, RoomFiles> { [Spot] = new(4, ["a.xlsx"]) };
        Assert.Contains("a.xlsx", Find(Request(Clean()) with { Files = files }, "P18")!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P18_AllFilesThere_SaysNothing() =>
        Assert.Null(Find(Request(Clean()) with { Files = new Dictionary<Guid, RoomFiles> { [Spot] = new(4, []) } }, "P18"));

    [Theory]
    [InlineData(0L, null)]
    [InlineData(12L, "12 compliance records")]
    [InlineData(null, "Unknown whether")]
    public void P19_Backlog_CountedOrAskedFor(long? backlog, string? sentence)
    {
        var request = Request(Clean());
        var finding = Find(request with { Legacy = request.Legacy with { ComplianceBacklog = backlog } }, "P19");
        Assert.Equal(sentence is not null, finding is not null);
        if (sentence is not null) Assert.Contains(sentence, finding!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P20")]
    [InlineData("P21")]
    public void P20AndP21_OnlyWhereTheServersAreReal_AnnounceTheConfirmation(string rule)
    {
        Assert.Equal(Severity.Info, Find(Request(Clean()) with { NewProvider = SqlProvider.SqlServer }, rule)!.Severity);
        Assert.Null(Find(Request(Clean()), rule));
    }

    [Fact]
    public void P22_ReusedCategoryLetsMoreIn_NeedsAYes()
    {
        var current = new PoolBuilder().Principal("Stranger").Category("Desk", with: n => n with { Invite = false, Logged = true, FilePost = true }).Scope("Desk", "contoso.com", "Stranger").Build();
        var result = Planner.Plan(Request(Clean(), current));
        Assert.Contains("Stranger", result.Findings.Single(x => x.RuleId == "P22").Message, StringComparison.Ordinal);
        Assert.Contains(result.Plan.RightChanges, x => x is { Person: "Stranger", Right: "Eligible", IsGain: true, Cause: "CategoryDrift" });
    }

    [Fact]
    public void P22_ReusedCategoryAsPlanned_SaysNothing()
    {
        var current = new PoolBuilder().Category("Desk", with: n => n with { Invite = false, Logged = true, FilePost = true }).Scope("Desk", "contoso.com").Build();
        Assert.Null(Find(Request(Clean(), current), "P22"));
    }

    [Fact]
    public void P22_TwoScopesInOneCategory_WouldBlock()
    {
        var facts = Planner.Compute(Request(Clean()));
        var room = facts.Rooms.Single();
        var other = room with { Part = room.Part with { Scope = new ScopeSet([]) } };
        Assert.Equal(2, new P22ScopeSeparation().Check(facts with { Rooms = [room, other] }).Count(x => x.Severity == Severity.Blocker));
    }

    [Fact]
    public void P24_ManagerWithANamesake_IsNamed()
    {
        var pool = Clean().Principal("ines ", path: "CN=other,DC=contoso,DC=com", uri: "sip:other@contoso.com").Manager("Spot", "Ines");
        Assert.Equal(Severity.Warning, Find(Request(pool), "P24")!.Severity);
    }

    [Fact]
    public void P24_NamesakesWhoManageNothing_SaysNothing() =>
        Assert.Null(Find(Request(Clean().Principal("ines ", uri: "sip:other@contoso.com")), "P24"));

    [Theory]
    [InlineData("DC=contoso,DC=com", "same domain")]
    [InlineData("DC=fabrikam,DC=com", "fabrikam.com")]
    [InlineData(null, "do not show")]
    public void P25_NobodyInBothPools_AsksForTheForest(string? path, string sentence)
    {
        var request = Request(Clean());
        var other = new PoolBuilder().Build() with
        {
            Principals = path is null ? [] : [new ChatPrincipal { PrincipalId = 9, Guid = Guid.NewGuid(), Uri = "sip:x@y", Name = "X", Disabled = 0, Type = PrincipalType.User, DirectoryPath = "CN=X," + path }],
        };
        Assert.Contains(sentence, Find(request with { New = other }, "P25")!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P25_SomebodyInBothPools_SaysNothing() => Assert.Null(Find(Request(Clean()), "P25"));
}
