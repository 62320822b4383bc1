using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class FingerprintTests
{
    private static PoolBuilder Room() => new PoolBuilder().Principal("Ines").Principal("Tom").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    [Fact]
    public void Plan_SameInputTwice_HasTheSameFingerprint() => Assert.Equal(Room().Plan().Plan.Fingerprint, Room().Plan().Plan.Fingerprint);

    [Fact]
    public void Plan_MoreMessagesByANewAuthor_KeepTheFingerprint() =>
        Assert.Equal(Room().Messages("Spot", 3, 3).Plan().Plan.Fingerprint, Room().Messages("Spot", 9, 3, 4).Plan().Plan.Fingerprint);

    [Fact]
    public void Plan_AnotherMember_ChangesTheFingerprint() =>
        Assert.NotEqual(Room().Plan().Plan.Fingerprint, Room().Member("Spot", "Tom").Plan().Plan.Fingerprint);

    [Fact]
    public void Plan_AnotherOption_ChangesTheFingerprint() =>
        Assert.NotEqual(Room().Plan().Plan.Fingerprint, Room().Plan(new PlanOptions { PrefixSeparator = "/" }).Plan.Fingerprint);

    [Fact]
    public void Plan_AnotherSetting_ChangesTheFingerprint() =>
        Assert.NotEqual(Room().Plan().Plan.Fingerprint, Room().Change("Spot", n => n with { Disabled = true }).Plan().Plan.Fingerprint);

    [Fact]
    public void Finding_ThatBecomesABlocker_ChangesTheFingerprint()
    {
        var pool = Room().Build();
        var request = new PlanRequest(pool, new PoolBuilder().Build(), pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>());
        var (plan, room) = (Room().Plan().Plan, Guid.NewGuid());
        string Of(params Severity[] found) => Fingerprint.Of(request, plan, found.Select(x => new Finding("DamagedRow", x, room, "Spot")));

        Assert.NotEqual(Of(Severity.Warning), Of(Severity.Warning, Severity.Blocker));
        Assert.Equal(Of(Severity.Warning), Of(Severity.Warning, Severity.Warning));
    }

    [Fact]
    public void Plan_CategoryAndPersonWereMadeByAnEarlierBatch_KeepTheFingerprint()
    {
        var target = new PoolBuilder().Principal("Ines").Category("Desk", with: n => n with { Invite = false, Logged = true, FilePost = true }).Scope("Desk", "contoso.com").Build();

        Assert.Equal(Room().Plan().Plan.Fingerprint, Room().Plan(new PlanOptions(), target).Plan.Fingerprint);
    }
}
