using System.Globalization;
using System.Text.RegularExpressions;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Engine;
using MigrationPortal.Tests.Architecture;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>No sentence has the id of a rule where a person expects what the rule found.</summary>
public sealed partial class RuleTitlesTests
{
    private static readonly CultureInfo[] Languages = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("de"), CultureInfo.GetCultureInfo("es")];

    [Fact]
    public void Title_OfEachRule_IsASentenceInEachLanguage()
    {
        var rules = ResourceFiles.Read("MigrationPortal/Batches/Viewing/Deciding/RuleTexts").Keys.Where(x => x.EndsWith(".Other", StringComparison.Ordinal)).Select(x => x.Split('.')[1]).ToList();
        Assert.True(rules.Count > 40);
        foreach (var (rule, language) in rules.SelectMany(_ => Languages, (rule, language) => (rule, language)))
        {
            foreach (var title in new[] { RuleTitles.WordingOf(rule, 1), RuleTitles.WordingOf(rule, 1234), RuleTitles.WordingOf(rule) }.Select(x => x.In(language)))
            {
                Assert.DoesNotContain("Found", title, StringComparison.Ordinal);
                Assert.Equal(RuleNumber.Of(rule) is not null, title.StartsWith($"{rule} · ", StringComparison.Ordinal));
                Assert.True(title.Length > rule.Length + 10, title);
            }
        }

        Assert.Equal("P99", RuleTitles.WordingOf("P99").In(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Sentence_AboutARule_HasItsTitle()
    {
        var raw = from file in ResourceFiles.Code
                  where file.Key.EndsWith(".cs", StringComparison.Ordinal)
                  from Match sentence in Sentence().Matches(file.Value)
                  where RawId().IsMatch(Worded().Replace(sentence.Value, ""))
                  select $"{Path.GetFileName(file.Key)}: {sentence.Value}";
        Assert.Equal([], raw);
    }

    // new Refusal("blocker", …);
    [GeneratedRegex("""(?:new (?:Refusal|Wording)|Refuse)\("[\w.-]+",[^;]*;|new\("[\w.-]+", RefusalKind[^;]*;""", RegexOptions.None, 1000)]
    private static partial Regex Sentence();

    // Its title, or its id for programs.
    [GeneratedRegex(@"(?:WordingOf|RuleDetails)\((?:[^()]|\([^()]*\))*\)", RegexOptions.None, 1000)]
    private static partial Regex Worded();

    [GeneratedRegex(@"\b[Rr]uleIds?\b|, rules\)", RegexOptions.None, 1000)]
    private static partial Regex RawId();
}
