using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Tests.Reviews.Policy;

/// <summary>Review policy as one would explain it: a list of people who hold an approval, from which each event strikes names.</summary>
internal sealed class NaiveReview(ReviewPolicy policy, Dictionary<string, long> facts)
{
    private readonly Dictionary<string, DateTimeOffset> _approvals = new(StringComparer.Ordinal);

    public HashSet<string> Barred { get; } = new(StringComparer.Ordinal);

    public HashSet<string> WithoutRole { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<string>> Groups { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now { get; set; }

    /// <summary>What was marked as to be resolved before, and is not.</summary>
    public int Threads { get; set; }

    public int Needed
    {
        get
        {
            var needed = policy.Approvals;
            foreach (var rule in policy.Rules)
            {
                if (facts.GetValueOrDefault(rule.Fact) >= rule.AtLeast && rule.Approvals > needed)
                    needed = rule.Approvals.Value;
            }
            return needed;
        }
    }

    public void Approve(string person) => _approvals[person] = Now;

    public void Withdraw(string person) => _approvals.Remove(person);

    /// <summary>Edit, send-back, recall or a changed plan: whatever was decided before is over.</summary>
    public void EndRound() => _approvals.Clear();

    public HashSet<string> Counted()
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (person, at) in _approvals)
        {
            if (!Barred.Contains(person) && !WithoutRole.Contains(person) && (policy.ExpiresAfterHours is null || (Now - at).TotalHours < policy.ExpiresAfterHours))
                counted.Add(person);
        }
        return counted;
    }

    public bool IsSatisfied()
    {
        var counted = Counted();
        if (counted.Count < Needed)
            return false;
        if (policy.OpenThreadsBlock && Threads != 0)
            return false;
        foreach (var rule in policy.Rules)
        {
            if (rule.Needs is null || facts.GetValueOrDefault(rule.Fact) < rule.AtLeast)
                continue;
            var group = rule.Needs.Replace("Group:", "", StringComparison.Ordinal);
            if (!counted.Any(x => Groups[x].Contains(group)))
                return false;
        }
        return true;
    }
}
