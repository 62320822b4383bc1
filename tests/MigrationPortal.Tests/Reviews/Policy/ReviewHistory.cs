using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Tests.Reviews.Policy;

/// <summary>Four to eight people and one batch; each step changes the kept rows as the use cases do, and tells the naive model the same.</summary>
internal sealed class ReviewHistory
{
    private static readonly string[] _groups = ["Finance", "Legal"];
    private static readonly string[] _facts = [ReviewFacts.Rooms, ReviewFacts.SecretRooms, ReviewFacts.Messages];
    private readonly Random _random;
    private readonly List<ReviewDecision> _decisions = [];
    private readonly Dictionary<string, ReviewPerson> _people = new(StringComparer.Ordinal);
    private readonly ReviewPolicy _policy;
    private readonly Dictionary<string, long> _numbers;
    private string _fingerprint = "a";
    private long _round = 1;
    private int _threads;

    public ReviewHistory(Random random)
    {
        _random = random;
        _policy = new ReviewPolicy
        {
            Approvals = random.Next(1, 4),
            OpenThreadsBlock = random.Next(2) == 0,
            ExpiresAfterHours = random.Next(3) == 0 ? null : random.Next(1, 100),
            Rules = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => new PolicyRule(
                Pick(_facts), random.Next(1, 4), random.Next(2) == 0 ? null : random.Next(1, 5), random.Next(2) == 0 ? null : $"Group:{Pick(_groups)}"))],
        };
        _numbers = _facts.ToDictionary(x => x, _ => (long)random.Next(0, 4), StringComparer.Ordinal);
        Naive = new NaiveReview(_policy, _numbers) { Now = Now };
        foreach (var name in Enumerable.Range(0, random.Next(4, 9)).Select(x => $"p{x}"))
        {
            var groups = _groups.Where(_ => random.Next(2) == 0).ToHashSet(StringComparer.Ordinal);
            _people[name] = new ReviewPerson(name, MayApprove: true, groups, new HashSet<string>());
            Naive.Groups[name] = groups;
        }
        Exclude(Pick([.. _people.Keys]), Exclusion.Author);
    }

    public NaiveReview Naive { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public ReviewCase Case => new(_policy, new ReviewFacts(_numbers), _fingerprint, _round, _decisions, _people) { OpenThreads = _threads };

    public string Step()
    {
        var person = Pick([.. _people.Keys]);
        switch (_random.Next(11))
        {
            case <= 3:
                // The use case refuses who is excluded; a row that is there all the same must not count.
                _decisions.Add(new(person, Now, Verdict.Approve, _fingerprint, _round));
                Naive.Approve(person);
                return $"{person} approved";
            case 4:
                Withdraw(person);
                return $"{person} withdrew";
            case 5:
                Naive.EndRound();
                _round++;
                // The plan may come back to a fingerprint that was approved once.
                _fingerprint = _random.Next(2) == 0 ? "a" : $"b{_random.Next(3)}";
                return "the round ended";
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

    private void Withdraw(string person)
    {
        for (var i = 0; i < _decisions.Count; i++)
        {
            if (_decisions[i].Person == person && _decisions[i].Round == _round)
                _decisions[i] = _decisions[i] with { LostAt = Now };
        }
        Naive.Withdraw(person);
    }

    private void Exclude(string person, Exclusion why)
    {
        _people[person] = _people[person] with { Exclusion = why };
        Naive.Barred.Add(person);
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
