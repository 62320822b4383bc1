using System.Text.RegularExpressions;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Architecture;

/// <summary>What a page says comes from its resource: each key that is asked for is there, each that is there is asked for, and no text stands in the page itself.</summary>
public sealed partial class PageTextTests
{
    public static TheoryData<string> Pages => [.. ResourceFiles.All.Except(ResourceFiles.Sentences).Where(x => !x.EndsWith("/MudTexts", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Resource_EachKey_IsUsed(string resource) =>
        Assert.Equal([], ResourceFiles.Read(resource).Keys.Where(key => !IsUsed(key)).Order(StringComparer.Ordinal));

    [Fact]
    public void Resource_EachKeyThatAPageAsksFor_IsThere()
    {
        var resources = ResourceFiles.All.Except(ResourceFiles.Sentences).ToDictionary(x => x[(x.LastIndexOf('/') + 1)..], x => ResourceFiles.Read(x).Keys.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var missing =
            from file in ResourceFiles.Code
            // A page's two files ask for the same texts.
            let texts = file.Key.EndsWith(".razor.cs", StringComparison.Ordinal) ? file.Value + ResourceFiles.Code.GetValueOrDefault(file.Key[..^".cs".Length]) : file.Value
            from injected in Injected().Matches(texts).DistinctBy(x => x.Groups["name"].Value)
            let name = injected.Groups["name"].Value
            where resources.ContainsKey(injected.Groups["class"].Value)
            let there = resources[injected.Groups["class"].Value]
            from key in AskedBy(name, file.Value)
            where !there.Contains(key)
            select $"{Path.GetFileName(file.Key)}: {name}[\"{key}\"]";
        Assert.Equal([], missing.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Resource_InGermanAndSpanish_IsTranslated(string resource)
    {
        var english = ResourceFiles.Read(resource);
        var same =
            from language in new[] { "de", "es" }
            from text in ResourceFiles.Read(resource, language)
            where english[text.Key] == text.Value && ResourceFiles.HasWords(text.Value) && !ResourceExceptions.SameWords.Contains(ResourceFiles.Placeholder().Replace(text.Value, "").Trim())
            select $"{language} {text.Key}: {text.Value}";
        Assert.Equal([], same);
    }

    [Fact]
    public void Pages_TextOutsideResources_IsNone()
    {
        var found =
            from file in ResourceFiles.Code
            where file.Key.EndsWith(".razor", StringComparison.Ordinal)
            let markup = CodeBlock().Replace(Directives().Replace(RazorComments().Replace(file.Value, ""), ""), "")
            from text in TextNodes().Matches(markup).Concat(Attributes().Matches(markup)).Concat(TextLines().Matches(markup))
            where !ResourceExceptions.NotWords.Contains(text.Groups["text"].Value.Trim()) && !Names().IsMatch(text.Groups["text"].Value.Trim())
            select $"{Path.GetFileName(file.Key)}: {text.Groups["text"].Value.Trim()}";
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    // Razor drops white space at either end of an element: "Accept" and a name for screen readers alone would be read as "AcceptGeneral".
    [Fact]
    public void Pages_SpaceAtTheEdgeOfAnInlineElement_StandsOutsideOfIt()
    {
        var found =
            from file in ResourceFiles.Code
            where file.Key.EndsWith(".razor", StringComparison.Ordinal)
            let markup = CodeBlock().Replace(RazorComments().Replace(file.Value, ""), "")
            from edge in SpacedEdges().Matches(markup)
            select $"{Path.GetFileName(file.Key)}: {edge.Value}";
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    // A column names an event beside the person who caused it; a timeline says it in a sentence with the person in it. Both know each event.
    [Fact]
    public void Events_NamedInColumns_AreThoseOfTheSentences()
    {
        var sentences = ResourceFiles.Read("MigrationPortal/Texts/Events").Keys.Where(x => x.StartsWith("Event.", StringComparison.Ordinal) && x.Count(c => c == '.') == 1 && x != "Event.Ago").Select(x => x["Event.".Length..]);
        var names = ResourceFiles.Read("MigrationPortal/Rooms/EventNames").Keys;
        Assert.Equal([], sentences.Except(names).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> AskedBy(string name, string code)
    {
        foreach (Match one in Regex.Matches(code, $@"(?<![\w.]){name}\[""(?<key>[^""{{]+)""(?! \+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            yield return one.Groups["key"].Value;
        foreach (Match one in Regex.Matches(code, $@"(?<![\w.]){name}\[[^\]""]*\? ""(?<key>[^""]+)"" : ""(?<key>[^""]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
        {
            foreach (Capture key in one.Groups["key"].Captures)
                yield return key.Value;
        }

        foreach (Match one in Regex.Matches(code, $@"(?<![\w.]){name}\.Count\(""(?<key>[^""]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
        {
            yield return one.Groups["key"].Value + ".One";
            yield return one.Groups["key"].Value + ".Other";
        }
    }

    // Keys are written out, or put together of words that are: $"Group.{name}", "Comparison" + value, $"{kind}Approved", $"{rule}.{value}".
    private static bool IsUsed(string key)
    {
        var bare = key.EndsWith(".One", StringComparison.Ordinal) ? key[..^4] : key.EndsWith(".Other", StringComparison.Ordinal) ? key[..^6] : key;
        if (Quoted.Contains(key) || Quoted.Contains(bare) || Members.Contains(bare))
            return true;
        var ends = Enumerable.Range(1, bare.Length - 1).Where(at => bare[at - 1] == '.' || char.IsUpper(bare[at]) || char.IsDigit(bare[at]));
        return ends.Any(at => Beginnings.Contains(bare[..at]) || (Members.Contains(bare[..at]) && Endings.Contains(bare[at..])))
            || Quoted.Concat(Beginnings).Any(x => x.StartsWith(bare + ".", StringComparison.Ordinal)) || (bare.Contains('.', StringComparison.Ordinal) && bare.Split('.').All(IsWord));
    }

    private static bool IsWord(string part) => Members.Contains(part) || Quoted.Contains(part) || Beginnings.Contains(part + ".");

    private static readonly HashSet<string> Quoted = [.. ResourceFiles.Code.Values.SelectMany(x => Literals().Matches(x).Select(m => m.Groups["text"].Value))];

    private static readonly HashSet<string> Beginnings = [.. ResourceFiles.Code.Values.SelectMany(x => OpenLiterals().Matches(x).Select(m => m.Groups["text"].Value))];

    private static readonly HashSet<string> Endings = [.. ResourceFiles.Code.Values.SelectMany(x => ClosingLiterals().Matches(x).Select(m => m.Groups["text"].Value))];

    // Enum members, options and rules: a text for each, asked for by its name.
    private static readonly HashSet<string> Members =
        [.. new[] { typeof(Program).Assembly, typeof(Wording).Assembly }.SelectMany(x => x.GetTypes()).SelectMany(x => x.IsEnum ? Enum.GetNames(x) : [.. x.GetProperties().Select(p => p.Name)]), "Yes", "No"];

    [GeneratedRegex(@"IStringLocalizer<(\w+\.)*(?<class>\w+)>\??\s+(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Injected();

    [GeneratedRegex(@"""(?<text>[A-Za-z][\w.-]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literals();

    [GeneratedRegex(@"""(?<text>[A-Za-z][\w.-]*)(\{|"" \+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpenLiterals();

    [GeneratedRegex(@"\}(?<text>[A-Z]\w*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClosingLiterals();

    // A setting of the configuration, an example of an address.
    [GeneratedRegex(@"^(\w+(:\w+)+|https://\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline, 1000)]
    private static partial Regex RazorComments();

    [GeneratedRegex(@"^@(using|inject|inherits|page|implements|attribute|layout|namespace|typeparam)\b.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Directives();

    [GeneratedRegex(@"^@code\b.*", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@">\s*(?<text>[^<>@{}""()=;\n]*\p{L}{2,}[^<>@{}""()=;\n]*?)\s*</?[a-zA-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextNodes();

    [GeneratedRegex(@"\b(title|aria-label|placeholder|alt|Label|Title|Sentence|Subtitle|Word|Text)=""(?<text>[^""@]*\p{L}{2,}[^""@]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"<(span|small|b|i|a|code)\b([^<>\n]|=>)*(?<!=)> +(?=@|\p{L})[^\n<]{0,40}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpacedEdges();

    [GeneratedRegex(@"^\s*(?<text>\p{Lu}\p{L}+ [^<>@{}();=""\n]*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex TextLines();
}
