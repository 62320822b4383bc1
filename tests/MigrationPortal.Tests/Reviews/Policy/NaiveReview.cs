using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Tests.Reviews.Policy;

/// <summary>Review policy as one would explain it: a list of people who hold an approval, from which each event strikes names.</summary>
internal sealed class NaiveReview(Dictionary<string, long> facts, string[] owned)
{
    private readonly Dictionary<string, DateTimeOffset> _approvals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset At, string[] Categories)> _parts = new(StringComparer.Ordinal);

    public required ReviewPolicy Policy { get; set; }

    public HashSet<string> Barred { get; } = new(StringComparer.Ordinal);

    public HashSet<string> WithoutRole { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<string>> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>That each owns now.</summary>
    public Dictionary<string, HashSet<string>> Categories { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now { get; set; }

    /// <summary>What was marked as to be resolved before, and is not.</summary>
    public int Threads { get; set; }

    /// <summary>Who may run what others approved.</summary>
    public HashSet<string> Operators { get; } = new(StringComparer.Ordinal);

    private (string First, string Second, DateTimeOffset At)? _emergency;

    public void Confirm(string first, string second) => _emergency = (first, second, Now);

    public int Needed
    {
        get
        {
            var needed = Policy.Approvals;
            foreach (var rule in Policy.Rules)
            {
                if (facts.GetValueOrDefault(rule.Fact) >= rule.AtLeast && rule.Approvals > needed)
                    needed = rule.Approvals.Value;
            }
            return needed;
        }
    }

    public void Approve(string person) => _approvals[person] = Now;

    public void ApprovePart(string person, string[] categories) => _parts[person] = (Now, categories);

    public void Withdraw(string person)
    {
        _approvals.Remove(person);
        _parts.Remove(person);
    }

    /// <summary>Edit, send-back, recall or a changed plan: whatever was decided before is over.</summary>
    public void EndRound()
    {
        _approvals.Clear();
        _parts.Clear();
        _emergency = null;
    }

    public HashSet<string> Counted()
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (person, at) in _approvals)
        {
            if (!Barred.Contains(person) && !WithoutRole.Contains(person) && IsFresh(at))
                counted.Add(person);
        }
        return counted;
    }

    /// <summary>Categories that somebody approved who owns them still.</summary>
    public HashSet<string> Parts()
    {
        var approved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (person, (at, categories)) in _parts)
        {
            if (!Barred.Contains(person) && IsFresh(at))
                approved.UnionWith(categories.Where(Categories[person].Contains));
        }
        return approved;
    }

    /// <summary>Two different people, both still allowed, at least one who did not work on it, within a day.</summary>
    public bool IsEmergency()
    {
        if (!Policy.BreakGlass || _emergency is not ({ } first, { } second, var at) || first == second || (Now - at).TotalHours >= 24)
            return false;
        if (!Operators.Contains(first) || (!Operators.Contains(second) && WithoutRole.Contains(second)))
            return false;
        return !Barred.Contains(first) || !Barred.Contains(second);
    }

    /// <summary>Whether the rule about who starts lets this person start; in an emergency it bars nobody. Of two approvals at one instant the later name's is the last one.</summary>
    public bool MayStart(string person)
    {
        if (IsEmergency())
            return true;
        var approved = new List<(DateTimeOffset At, string Person)>();
        approved.AddRange(Counted().Select(x => (_approvals[x], x)));
        foreach (var (who, (at, categories)) in _parts)
        {
            if (!Barred.Contains(who) && IsFresh(at) && categories.Any(Categories[who].Contains))
                approved.Add((at, who));
        }

        return Policy.Starter switch
        {
            StarterRule.NoApprover => !approved.Exists(x => x.Person == person),
            StarterRule.NotLastApprover => approved.OrderByDescending(x => x.At).ThenByDescending(x => x.Person, StringComparer.Ordinal).FirstOrDefault().Person != person,
            _ => true,
        };
    }

    public bool IsSatisfied() => !(Policy.OpenThreadsBlock && Threads != 0) && (IsEmergency() || HasApprovals());

    private bool HasApprovals()
    {
        var counted = Counted();
        if (counted.Count < Needed)
            return false;
        foreach (var rule in Policy.Rules)
        {
            if (rule.Needs is null || facts.GetValueOrDefault(rule.Fact) < rule.AtLeast)
                continue;
            if (rule.Needs == PolicyRule.CategoryOwner)
            {
                if (owned.Any(category => !Parts().Contains(category) && !counted.Any(x => Categories[x].Contains(category))))
                    return false;
                continue;
            }
            var group = rule.Needs.Replace("Group:", "", StringComparison.Ordinal);
            if (!counted.Any(x => Groups[x].Contains(group)))
                return false;
        }
        return true;
    }

    private bool IsFresh(DateTimeOffset at) => Policy.ExpiresAfterHours is null || (Now - at).TotalHours < Policy.ExpiresAfterHours;
}
