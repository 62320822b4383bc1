using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;

namespace MigrationPortal.Delta.Warnings;

/// <summary>
/// What is filled into the sentence of a warning. A list is longer or shorter, and is cut after its first names, so that it is compared item by item;
/// who has which right is one item.
/// </summary>
/// <param name="Texts">Names and values of the sentence and of its evidence.</param>
/// <param name="Numbers">In their order; a list has how many are in it, shown or not.</param>
internal sealed record SaidContent(IReadOnlySet<string> Texts, IReadOnlyList<long> Numbers)
{
    private const string CutList = "List.AndMore";

    // What they count is the whole pool, where people go on while batches are migrated: nothing of that is about this delta.
    private static readonly string[] _poolCounts = ["P15.entries", "P19", "P23.stray", "DanglingRow.pool"];

    public static SaidContent Of(Finding finding)
    {
        var (texts, numbers) = (new HashSet<string>(StringComparer.Ordinal), new List<long>());
        Add(finding.Wording.Args, texts, numbers);
        // It lists what the sentence counts.
        if (finding.Evidence is { } evidence)
            Add([evidence], texts, []);
        return new(texts, _poolCounts.Contains(finding.Wording.Key, StringComparer.Ordinal) ? [] : numbers);
    }

    public bool Covers(SaidContent now) =>
        now.Texts.IsSubsetOf(Texts) && now.Numbers.Count == Numbers.Count && now.Numbers.Zip(Numbers).All(x => x.First <= x.Second);

    private static void Add(IReadOnlyList<object> args, HashSet<string> texts, List<long> numbers)
    {
        foreach (var arg in args)
        {
            switch (arg)
            {
                case long number:
                    numbers.Add(number);
                    break;
                case Wording { Key: CutList } list when list.Args is [long more, IReadOnlyList<object> shown]:
                    numbers.Add(more + shown.Count);
                    Add(shown, texts, []);
                    break;
                case IReadOnlyList<object> list:
                    numbers.Add(list.Count);
                    Add(list, texts, numbers);
                    break;
                case Wording inner when Counts(inner):
                    texts.Add(inner.Key);
                    Add(inner.Args, texts, numbers);
                    break;
                default:
                    texts.Add(SaidAgain.Read(arg));
                    break;
            }
        }
    }

    private static bool Counts(Wording wording) => wording.Args.Any(x => x is long or IReadOnlyList<object> || (x is Wording inner && Counts(inner)));
}
