using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Tests.Reviews.Policy;

public sealed class PolicyLooseningTests
{
    private static readonly ReviewPolicy _strict = ReviewPolicy.Recommended with { Approvals = 2, Starter = StarterRule.NotLastApprover, WarningsNeedReason = true, OpenThreadsBlock = true };

    public static TheoryData<string, ReviewPolicy> Looser => new()
    {
        { "fewer approvals", _strict with { Approvals = 1 } },
        { "anyone starts", _strict with { Starter = StarterRule.Anyone } },
        { "longer", _strict with { ExpiresAfterHours = 721 } },
        { "for ever", _strict with { ExpiresAfterHours = null } },
        { "no reasons", _strict with { WarningsNeedReason = false } },
        { "emergency starts", _strict with { BreakGlass = true } },
        { "open threads do not block", _strict with { OpenThreadsBlock = false } },
        { "later", With(new PolicyRule(ReviewFacts.Messages, 1_000_000, 3)) },
        { "nobody of the group", With(new PolicyRule(ReviewFacts.Messages, 500_000, 3)) },
    };

    public static TheoryData<string, ReviewPolicy> NotLooser => new()
    {
        { "the same", _strict },
        { "more approvals", _strict with { Approvals = 3 } },
        { "shorter", _strict with { ExpiresAfterHours = 24 } },
        { "one more rule", With(new PolicyRule(ReviewFacts.Messages, 500_000, 3, "Group:Legal"), new(ReviewFacts.Rooms, 10, 3)) },
        { "earlier", With(new PolicyRule(ReviewFacts.Messages, 1, 4, "Group:Legal")) },
        { "a rule that asks for no more than everything needs", _strict with { Rules = [] } },
    };

    [Theory]
    [MemberData(nameof(Looser))]
    public void IsLooserThan_AsksForLessInOneThing_IsTrue(string what, ReviewPolicy now) => Assert.True(now.IsLooserThan(Before(what)), what);

    [Theory]
    [MemberData(nameof(NotLooser))]
    public void IsLooserThan_AsksForAsMuch_IsFalse(string what, ReviewPolicy now) => Assert.False(now.IsLooserThan(Before(what)), what);

    private static ReviewPolicy With(params PolicyRule[] rules) => _strict with { Rules = rules };

    private static ReviewPolicy Before(string what) => what is "later" or "nobody of the group" or "one more rule" or "earlier"
        ? With(new PolicyRule(ReviewFacts.Messages, 500_000, 3, "Group:Legal"))
        : _strict;
}
