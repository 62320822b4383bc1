using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Preflight;

/// <summary>Every rule once firing and once silent.</summary>
public sealed class PreflightRuleTests
{
    private static PoolBuilder Clean() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    [Fact]
    public void Check_CleanRoom_SaysNothing() => Assert.Empty(Clean().Plan().Findings);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_RoomWithThatTrouble_IsFoundWithItsSeverity(string ruleId, Severity severity, bool namesTheRoom)
    {
        var result = Troubled(ruleId);

        var finding = Assert.Single(result.Findings, f => f.RuleId == ruleId && f.Severity == severity);
        Assert.Equal(namesTheRoom, finding.Room is not null);
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Severity, bool> Cases() => new()
    {
        { "P01", Severity.Warning, false },
        { "P02", Severity.Blocker, true },
        { "P03", Severity.Blocker, true },
        { "P04", Severity.Blocker, true },
        { "P05", Severity.Warning, false },
        { "P06", Severity.Blocker, true },
        { "P07", Severity.Warning, true },
        { "P08", Severity.Info, false },
        { "P09", Severity.Warning, true },
        { "P10", Severity.Warning, true },
        { "P11", Severity.Info, false },
        { "P13", Severity.Info, true },
        { "P14", Severity.Blocker, true },
        { "P16", Severity.Warning, true },
        { "P23", Severity.Blocker, true },
        { "TreeBroken", Severity.Blocker, true },
        { "ScopeDefinerInvalid", Severity.Blocker, true },
        { "RoleDefinerInvalid", Severity.Blocker, true },
        { "GuidTaken", Severity.Blocker, true },
        { "CategoryDrift", Severity.Warning, false },
        { "NoMembers", Severity.Warning, true },
        { "NewPoolIncomplete", Severity.Blocker, false },
    };

    private static ChatPool WithoutGuids(ChatPool pool) => pool with { Principals = [.. pool.Principals.Select(x => x with { Guid = Guid.Empty })] };

    private static PlanResult Troubled(string ruleId) => ruleId switch
    {
        "NewPoolIncomplete" => Clean().Plan(new PlanOptions(), WithoutGuids(new PoolBuilder().Build())),
        "P01" => new PoolBuilder().Principal("Ines").Category("Desk").Category("Sub", "Desk").Room("Spot", "Sub").Member("Spot", "Ines").Plan(),
        "P02" => Clean().Category("Sub", "Desk").Room(new string('r', 250), "Sub").Plan(new string('r', 250)),
        "P03" => Clean().Category("Other").Room("sPOT ", "Other").Plan("Spot"),
        "P04" => Clean().Plan(new PlanOptions(), new PoolBuilder().Category("Theirs").Room("SPOT", "Theirs", n => n with { Guid = Guid.NewGuid() }).Build()),
        "P05" => Clean().Principal("Boss").Manager("root", "Boss").Plan(),
        "P06" => Clean().Room("Stray").Plan("Stray"),
        "P07" => Clean().Change("Spot", n => n with { Invite = true }).Plan(),
        "P08" => Clean().Change("Spot", n => n with { Logged = false }).Plan(),
        "P09" => Clean().Principal("Out", path: "CN=Out,DC=fabrikam,DC=com").Member("Spot", "Out").Plan(),
        "P10" => Clean().Presenter("Spot", "Ines").Plan(),
        "P11" => Clean().Principal("Fed", PrincipalType.FederatedUser).Member("Spot", "Fed").Plan(),
        "P13" => Clean().Change("Spot", n => n with { Topic = "today" }).Plan(),
        "P14" => Clean().AddIn("Prices", "ftp://prices").Change("Spot", n => n with { AddInId = PoolBuilder.Guids("addin Prices") }).Plan(),
        "P16" => Clean().Change("Spot", n => n with { Disabled = true }).Plan(),
        "P23" => Clean().Messages("Spot", 1, 4711).Plan(),
        "TreeBroken" => Clean().Change("Spot", n => n with { ParentId = 4711 }).Plan(),
        "ScopeDefinerInvalid" => Clean().Change("Spot", n => n with { ScopeDefinerId = 4711 }).Plan(),
        "RoleDefinerInvalid" => Clean().Change("Spot", n => n with { RoleDefinerId = 4711 }).Plan(),
        "GuidTaken" => Clean().Plan(new PlanOptions(), new PoolBuilder().Category("Theirs").Room("Spot", "Theirs").Build()),
        "CategoryDrift" => Clean().Plan(new PlanOptions(), new PoolBuilder().Category("Desk", with: n => n with { Logged = false, Invite = false, FilePost = true }).Build()),
        "NoMembers" => new PoolBuilder().Category("Desk").Room("Spot", "Desk").Plan(),
        _ => throw new ArgumentOutOfRangeException(nameof(ruleId), ruleId, "No case."),
    };

    // The database does not say whom the circle holds: nobody of it can be put in its place.
    [Theory]
    [InlineData(OutOfScope.Drop, ScopeUndecided.Drop, "P09.mixed")]
    [InlineData(OutOfScope.Drop, ScopeUndecided.Expand, "P09.mixed")]
    [InlineData(OutOfScope.Admit, ScopeUndecided.Drop, "P09.undecided")]
    [InlineData(OutOfScope.Drop, ScopeUndecided.Keep, "P09.dropped")]
    [InlineData(OutOfScope.Admit, ScopeUndecided.Keep, null)]
    public void Check_RightsLostForTwoReasons_AreOneFindingThatSaysWhich(OutOfScope outside, ScopeUndecided unknown, string? key)
    {
        var pool = Clean().Principal("Out", path: "CN=Out,DC=fabrikam,DC=com").Member("Spot", "Out").Principal("Circle", PrincipalType.Group, path: "").Member("Spot", "Circle");

        var finding = pool.Plan(new PlanOptions { OutOfScope = outside, ScopeUndecided = unknown }).Findings.SingleOrDefault(f => f.RuleId == "P09" && f.Wording.Key != "P09.admitted");

        Assert.Equal((key, key is null ? null : "Spot"), (finding?.Wording.Key, finding?.Subject));
        Assert.DoesNotContain("P09", finding?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TreeWithACycle_EndsAndBlocks()
    {
        var pool = Clean().Category("A").Category("B", "A").Room("Loop", "B");
        var b = pool.IdOf("B");

        Assert.Contains(pool.Change("A", n => n with { ParentId = b }).Plan("Loop").Findings, f => f.RuleId == "TreeBroken");
    }

    [Fact]
    public void Check_CollidingRoomIsLeftOut_NamesAreFree()
    {
        var pool = Clean().Category("Other").Room("sPOT ", "Other");

        var result = Planner.Plan(new PlanRequest(
            pool.Build(), new PoolBuilder().Build(), new HashSet<Guid> { PoolBuilder.Guids("node Spot") }, new PlanOptions(),
            new Dictionary<Guid, string>(), new HashSet<Guid>()) { LeftOut = new HashSet<Guid> { PoolBuilder.Guids("node sPOT ") } });

        Assert.DoesNotContain(result.Findings, f => f.RuleId == "P03");
    }

    [Fact]
    public void Check_RoomThatAnotherBatchMoved_BlocksAndSaysSo()
    {
        var spot = PoolBuilder.Guids("node Spot");

        var result = Planner.Plan(new PlanRequest(
            Clean().Build(), new PoolBuilder().Category("Theirs").Room("Spot", "Theirs").Build(), new HashSet<Guid> { spot }, new PlanOptions(),
            new Dictionary<Guid, string>(), new HashSet<Guid> { spot }));

        Assert.Contains(result.Findings, f => f is { RuleId: "GuidTaken", Severity: Severity.Blocker } && f.Wording.Key == "GuidTaken.batch");
    }

    [Fact]
    public void Check_AddInUrlTooLong_SaysHowLong()
    {
        var pool = Clean().AddIn("Prices", "https://prices/" + new string('x', 300)).Change("Spot", n => n with { AddInId = PoolBuilder.Guids("addin Prices") });

        Assert.Contains(pool.Plan().Findings, f => f.RuleId == "P14" && f.Message.Contains("315", StringComparison.Ordinal));
    }
}
