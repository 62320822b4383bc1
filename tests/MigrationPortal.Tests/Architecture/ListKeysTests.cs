using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Architecture;

/// <summary>Every list takes j, k, x and Enter: its table says so, and its rows are marked.</summary>
public sealed partial class ListKeysTests
{
    // Forms, sums and days of the week: there is nothing to go through row by row, or Tab goes through the fields.
    private static readonly HashSet<string> NoLists = new(StringComparer.Ordinal) { "PolicyForm", "PolicyEffects", "PreferencesPage", "UndoSums", "PersonAccount", "WindowDaysCard", "EvidenceIndex" };

    public static TheoryData<string> Lists => [.. Directory.GetFiles(SourceFolder.Portal, "*.razor", SearchOption.AllDirectories)
        .Where(x => Table().IsMatch(File.ReadAllText(x)) && File.ReadAllText(x).Contains("foreach (", StringComparison.Ordinal) && !NoLists.Contains(Path.GetFileNameWithoutExtension(x)))
        .Select(x => Path.GetRelativePath(SourceFolder.Portal, x)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Lists))]
    public void List_OfRows_TakesKeys(string file)
    {
        var text = File.ReadAllText(Path.Combine(SourceFolder.Portal, file));
        Assert.DoesNotContain(Table().Matches(text), x => !x.Value.Contains("data-rows=", StringComparison.Ordinal));
        Assert.True(text.Contains("data-row", StringComparison.Ordinal) && (Row().IsMatch(text) || RowPart().IsMatch(text)), "No row of it is marked.");
    }

    // A table that shows skeletons only is no list yet.
    [GeneratedRegex("<Grid\\b[^>]*>(?!<tbody><SkeletonRows)", RegexOptions.None, 1000)]
    private static partial Regex Table();

    [GeneratedRegex("<tr data-row[ =>]", RegexOptions.None, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("<[A-Z]\\w*(?:Row|Line)[ \n]", RegexOptions.None, 1000)]
    private static partial Regex RowPart();
}
