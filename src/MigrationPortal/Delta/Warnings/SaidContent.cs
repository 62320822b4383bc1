using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Delta.Warnings;

/// <summary>
/// What is filled into the sentence of a warning. A list is longer or shorter, and is cut after its first names, so that it is compared name by name;
/// a text within a sentence comes back from where it is kept as another kind of argument that says the same.
/// </summary>
/// <param name="Texts">Names and values of the sentence and of its evidence.</param>
/// <param name="Numbers">Empty where they count the whole pool, which goes on while batches are migrated, and nothing of them is about this delta.</param>
internal sealed record SaidContent(IReadOnlySet<string> Texts, IReadOnlyList<long> Numbers)
{
    private const string CutList = "List.AndMore";

    public static SaidContent Of(Finding finding)
    {
        var (texts, numbers) = (new HashSet<string>(StringComparer.Ordinal), new List<long>());
        // Of a list that is cut, only its number tells that it grew.
        var counts = Add(finding.Wording.Args, texts, numbers) || finding.Room is not null;
        if (finding.Evidence is { } evidence)
            Add([evidence], texts, []);
        return new(texts, counts ? numbers : []);
    }

    public bool Covers(SaidContent now) =>
        now.Texts.IsSubsetOf(Texts) && (now.Numbers.Count == 0 || (now.Numbers.Count == Numbers.Count && now.Numbers.Zip(Numbers).All(x => x.First <= x.Second)));

    /// <returns>Whether there is a cut list among them.</returns>
    private static bool Add(IReadOnlyList<object> args, HashSet<string> texts, List<long> numbers)
    {
        var isCut = false;
        foreach (var arg in args)
        {
            switch (arg)
            {
                case long number:
                    numbers.Add(number);
                    break;
                case Wording { Key: CutList } list:
                    Add(list.Args, texts, []);
                    isCut = true;
                    break;
                case Wording { Key.Length: > 0 } inner:
                    texts.Add(inner.Key);
                    isCut |= Add(inner.Args, texts, numbers);
                    break;
                case Wording text:
                    texts.Add((string)text.Args[0]);
                    break;
                case IReadOnlyList<object> list:
                    isCut |= Add(list, texts, numbers);
                    break;
                default:
                    texts.Add(Convert.ToString(arg, CultureInfo.InvariantCulture)!);
                    break;
            }
        }

        return isCut;
    }
}
