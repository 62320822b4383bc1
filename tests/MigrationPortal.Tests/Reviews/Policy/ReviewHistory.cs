using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Tests.Reviews.Policy;

/// <summary>Four to eight people and one batch; each step changes the kept rows as the use cases do, and tells the naive model the same.</summary>
internal sealed class ReviewHistory
{
    private static readonly string[] _groups = ["Finance", "Legal"];
    private static readonly string[] _categories = ["Trading", "Research"];
    private static readonly string[] _facts = [ReviewFacts.Rooms, ReviewFacts.SecretRooms, ReviewFacts.Messages];
    private readonly Random _random;
    private readonly List<ReviewDecision> _decisions = [];
    private readonly Dictionary<string, ReviewPerson> _people = new(StringComparer.Ordinal);
    private readonly string[] _owned;
    private ReviewPolicy _policy;
    private readonly Dictionary<string, long> _numbers;
    private string _fingerprint = "a";
    private long _round = 1;
    private int _threads;
    private EmergencyStart? _emergency;

    public ReviewHistory(Random random)
    {
        _random = random;
        _policy = Policy();
        _owned = [.. _categories.Where(_ => random.Next(2) == 0)];
        _numbers = _facts.ToDictionary(x => x, _ => (long)random.Next(0, 4), StringComparer.Ordinal);
        Naive = new NaiveReview(_numbers, _owned) { Policy = _policy, Now = Now };
        foreach (var name in Enumerable.Range(0, random.Next(4, 9)).Select(x => $"p{x}"))
        {
            var groups = _groups.Where(_ => random.Next(2) == 0).ToHashSet(StringComparer.Ordinal);
            var categories = _categories.Where(_ => random.Next(3) == 0).ToHashSet(StringComparer.Ordinal);
            // Some own a category and reach no more.
            var reachesAll = categories.Count == 0 || random.Next(2) == 0;
            _people[name] = new ReviewPerson(name, reachesAll, groups, categories) { MayOperate = random.Next(2) == 0 };
            if (_people[name].MayOperate)
                Naive.Operators.Add(name);
            (Naive.Groups[name], Naive.Categories[name]) = (groups, categories);
            if (!reachesAll)
                Naive.WithoutRole.Add(name);
        }
        Exclude(Pick([.. _people.Keys]), Exclusion.Author);
    }

    public NaiveReview Naive { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public ReviewCase Case => new(_policy, new ReviewFacts(_numbers, _owned), _fingerprint, _round, _decisions, _people) { OpenThreads = _threads, Emergency = _emergency };

    /// <summary>Who tries to start it now.</summary>
    public string Starter() => Pick([.. _people.Keys]);

    public string Step()
    {
        var person = Pick([.. _people.Keys]);
        switch (_random.Next(16))
        {
            case <= 3:
                return Approve(person);
            case 4:
                Withdraw(person);
                return $"{person} withdrew";
            case 5:
                Naive.EndRound();
                _round++;
                return "the round ended";
            case 11:
                // The plan may come back to a fingerprint that was approved once, and nobody's approval with it.
                Naive.EndRound();
                _round++;
                _fingerprint = _random.Next(2) == 0 ? "a" : $"b{_random.Next(3)}";
                return "a scan changed the plan";
            case 12:
                // Applied to what is open, too.
                _policy = Policy();
                Naive.Policy = _policy;
                return "another policy";
            case 13:
                Own(person, Pick(_categories));
                return $"{person} owns {string.Join(", ", _people[person].Categories)}";
            case 14:
                // Whoever is refused by the use case is a row all the same: it must not count.
                var other = Pick([.. _people.Keys]);
                _emergency = new(person, other, Now, _fingerprint, _round);
                Naive.Confirm(person, other);
                return $"{person} requested an emergency start and {other} confirmed";
            case 15:
                Operate(person);
                return $"{person} is an operator: {_people[person].MayOperate}";
            case 6:
                Exclude(person, _random.Next(2) == 0 ? Exclusion.Edited : Exclusion.Acknowledged);
                return $"{person} worked on it";
            case 7:
                var has = _people[person].MayApprove;
                _people[person] = _people[person] with { MayApprove = !has };
                if (has)
                    Naive.WithoutRole.Add(person);
                else
                    Naive.WithoutRole.Remove(person);
                return $"{person} {(has ? "lost" : "has")} the role";
            case 8:
                _threads = _random.Next(2);
                Naive.Threads = _threads;
                return $"{_threads} threads to resolve";
            default:
                Now += TimeSpan.FromMinutes(_random.Next(1, 60 * 40));
                Naive.Now = Now;
                return "time passed";
        }
    }

    private ReviewPolicy Policy() => new()
    {
        Approvals = _random.Next(1, 4),
        Starter = (StarterRule)_random.Next(3),
        OpenThreadsBlock = _random.Next(2) == 0,
        BreakGlass = _random.Next(2) == 0,
        ExpiresAfterHours = _random.Next(3) == 0 ? null : _random.Next(1, 100),
        Rules = [.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => new PolicyRule(
            Pick(_facts), _random.Next(1, 4), _random.Next(2) == 0 ? null : _random.Next(1, 5),
            _random.Next(4) switch { 0 => $"Group:{Pick(_groups)}", 1 => PolicyRule.CategoryOwner, _ => null }))],
    };

    // Who does not reach every room approves the part that is theirs, where its owner is needed. Whoever is excluded or has no right is refused
    // by the use case; a row that is there all the same must not count.
    private string Approve(string person)
    {
        string[] part = [.. _people[person].PartOf(Judge.Require(_policy, Case.Facts).Needs)];
        // Of each person one approval of a part is kept: an earlier one is lost.
        if (part.Length > 0)
            Lose(x => x.Person == person && x.Part is not null);
        _decisions.Add(new(person, Now, Verdict.Approve, _fingerprint, _round, Part: part.Length == 0 ? null : part));
        if (part.Length == 0)
            Naive.Approve(person);
        else
            Naive.ApprovePart(person, part);
        return $"{person} approved {string.Join(", ", part)}";
    }

    private void Own(string person, string category)
    {
        var owned = _people[person].Categories.ToHashSet(StringComparer.Ordinal);
        if (!owned.Remove(category))
            owned.Add(category);
        _people[person] = _people[person] with { Categories = owned };
        Naive.Categories[person] = owned;
    }

    private void Operate(string person)
    {
        _people[person] = _people[person] with { MayOperate = !_people[person].MayOperate };
        if (_people[person].MayOperate)
            Naive.Operators.Add(person);
        else
            Naive.Operators.Remove(person);
    }

    private void Withdraw(string person)
    {
        Lose(x => x.Person == person);
        Naive.Withdraw(person);
    }

    private void Lose(Predicate<ReviewDecision> which)
    {
        for (var i = 0; i < _decisions.Count; i++)
        {
            if (_decisions[i].Round == _round && which(_decisions[i]))
                _decisions[i] = _decisions[i] with { LostAt = Now };
        }
    }

    private void Exclude(string person, Exclusion why)
    {
        _people[person] = _people[person] with { Exclusion = why };
        Naive.Barred.Add(person);
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
