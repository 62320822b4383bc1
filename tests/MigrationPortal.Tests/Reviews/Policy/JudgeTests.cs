using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Tests.Reviews.Policy;

public sealed class JudgeTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rule_NobodyApproved_SaysHowManyAreMissingAndWhy()
    {
        var standing = Judge.Rule(Case(new ReviewPolicy()), _noon);

        Assert.False(standing.IsSatisfied);
        Assert.Equal(new StandingNote("approvals-missing", "1"), Assert.Single(standing.Missing));
        Assert.Equal(new StandingNote("default", "1"), Assert.Single(standing.Why));
    }

    [Fact]
    public void Rule_TwoRulesApply_TakesTheHighestNumberAndBothGroups()
    {
        var policy = new ReviewPolicy
        {
            Rules = [new(ReviewFacts.SecretRooms, 1, 2, "Group:Finance"), new(ReviewFacts.Messages, 100, 3, "Group:Legal"), new(ReviewFacts.Undo, 1, 5)],
        };

        var standing = Judge.Rule(Case(policy, facts: new() { [ReviewFacts.SecretRooms] = 3, [ReviewFacts.Messages] = 100 }), _noon);

        Assert.Equal(3, standing.Needed);
        Assert.Equal(
            [new("approvals-missing", "3"), new("need-missing", "Group:Finance"), new("need-missing", "Group:Legal")], standing.Missing);
        Assert.Contains(new("rule", ReviewFacts.SecretRooms, "3", "1", "2", "Group:Finance"), standing.Why);
    }

    [Fact]
    public void Rule_NeededGroupApproved_IsSatisfied()
    {
        var policy = new ReviewPolicy { Rules = [new(ReviewFacts.Rooms, 1, null, "Group:Finance")] };

        var standing = Judge.Rule(Case(policy, [Approve("omar")], [Person("omar", "Finance")], new() { [ReviewFacts.Rooms] = 1 }), _noon);

        Assert.True(standing.IsSatisfied);
    }

    public static TheoryData<string> NotCounted => new() { "withdrawn", "expired", "other plan", "ended round", "no role", "own work", "unknown", "sent back" };

    [Theory]
    [MemberData(nameof(NotCounted))]
    public void Rule_DecisionThatMustNotCount_IsNotCounted(string kind)
    {
        var approval = Approve("lena");
        var lena = Person("lena");
        (approval, lena) = kind switch
        {
            "withdrawn" => (approval with { LostAt = _noon }, lena),
            "expired" => (approval with { At = _noon.AddHours(-720) }, lena),
            "other plan" => (approval with { Fingerprint = "other" }, lena),
            "ended round" => (approval with { Round = 1 }, lena),
            "no role" => (approval, lena with { MayApprove = false }),
            "own work" => (approval, lena with { Exclusion = Exclusion.Acknowledged }),
            "unknown" => (approval with { Person = "gone" }, lena),
            _ => (approval with { Verdict = Verdict.SendBack }, lena),
        };

        Assert.Empty(Judge.Rule(Case(new ReviewPolicy(), [approval], [lena]), _noon).Counted);
        Assert.Single(Judge.Rule(Case(new ReviewPolicy(), [Approve("lena")], [Person("lena")]), _noon).Counted);
    }

    [Fact]
    public void Rule_OnePersonApprovedTwice_CountsOnce()
    {
        var standing = Judge.Rule(
            Case(new ReviewPolicy { Approvals = 2 }, [Approve("lena"), Approve("lena", _noon.AddHours(-1))], [Person("lena")]), _noon);

        Assert.Equal(1, standing.Have);
        Assert.Equal(new StandingNote("approvals-missing", "1"), Assert.Single(standing.Missing));
    }

    [Fact]
    public void Rule_MoreApprovalsThanNeeded_ExpiresWithTheOneThatLeavesTooFew()
    {
        var first = Approve("lena", _noon.AddHours(-10));
        var second = Approve("omar", _noon.AddHours(-2));

        var standing = Judge.Rule(
            Case(new ReviewPolicy { ExpiresAfterHours = 24 }, [first, second], [Person("lena"), Person("omar")]), _noon);

        Assert.Equal(second.At.AddHours(24), standing.ExpiresAt);
        Assert.False(Judge.Rule(Case(new ReviewPolicy { ExpiresAfterHours = 24 }, [first, second], [Person("lena"), Person("omar")]), standing.ExpiresAt!.Value).IsSatisfied);
    }

    [Theory]
    [InlineData(nameof(StarterRule.Anyone), "omar", null)]
    [InlineData(nameof(StarterRule.NotLastApprover), "omar", "starter-approved-last")]
    [InlineData(nameof(StarterRule.NotLastApprover), "lena", null)]
    [InlineData(nameof(StarterRule.NoApprover), "lena", "starter-approved")]
    [InlineData(nameof(StarterRule.NoApprover), "otto", null)]
    public void RefuseStarter_ByRule_RefusesWhoApproved(string rule, string starter, string? code)
    {
        var policy = new ReviewPolicy { Starter = Enum.Parse<StarterRule>(rule) };
        var standing = Judge.Rule(Case(policy, [Approve("lena", _noon.AddHours(-3)), Approve("omar")], [Person("lena"), Person("omar")]), _noon);

        Assert.Equal(code, Judge.RefuseStarter(policy, standing, starter)?.Code);
    }

    [Fact]
    public void RefuseStarter_EmergencyStartCounts_RefusesNobody()
    {
        var policy = new ReviewPolicy { Starter = StarterRule.NoApprover };
        var standing = Judge.Rule(Case(policy, [Approve("lena")], [Person("lena")]), _noon) with { Emergency = new EmergencyStart("lena", "omar", _noon, "plan", 2) };

        Assert.Null(Judge.RefuseStarter(policy, standing, "lena"));
    }

    private static ReviewCase Case(ReviewPolicy policy, ReviewDecision[]? decisions = null, ReviewPerson[]? people = null, Dictionary<string, long>? facts = null) =>
        new(policy, new ReviewFacts(facts ?? []), "plan", 2, decisions ?? [], (people ?? []).ToDictionary(x => x.Id, StringComparer.Ordinal));

    private static ReviewDecision Approve(string person, DateTimeOffset? at = null) => new(person, at ?? _noon, Verdict.Approve, "plan", 2);

    private static ReviewPerson Person(string id, params string[] groups) => new(id, MayApprove: true, groups.ToHashSet(StringComparer.Ordinal), new HashSet<string>());
}
