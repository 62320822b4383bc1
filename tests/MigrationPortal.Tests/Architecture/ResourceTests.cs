using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Architecture;

/// <summary>Sentences stand in resources, in three languages, and every one that is asked for is there.</summary>
public sealed partial class ResourceTests
{
    // The portal's resources are there once the portal is loaded.
    static ResourceTests() => RuntimeHelpers.RunModuleConstructor(typeof(Program).Module.ModuleHandle);

    private static readonly string Source = ResourceFiles.Source;
    private static readonly CultureInfo[] _languages = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("de"), CultureInfo.GetCultureInfo("es")];

    private static readonly string[] _sentences = ResourceFiles.Sentences;

    public static TheoryData<string> All => [.. ResourceFiles.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Resource_OfEachFile_SpeaksThreeLanguagesOrIsListed(string resource)
    {
        var isTranslated = File.Exists(Path.Combine(Source, resource + ".de.resx"));
        Assert.Equal(!ResourceExceptions.NotTranslated.Contains(resource), isTranslated);
        if (!isTranslated)
            return;
        var english = Read(resource);
        foreach (var language in new[] { "de", "es" })
        {
            var texts = Read(resource, language);
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            Assert.All(texts, x => Assert.Equal((x.Key, Numbers(english[x.Key])), (x.Key, Numbers(x.Value))));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Resource_EachValue_FormatsAndHasBothNumbers(string resource)
    {
        foreach (var language in Languages(resource))
        {
            var texts = Read(resource, language);
            Assert.All(texts, x => Assert.False(string.IsNullOrWhiteSpace(x.Value), x.Key));
            Assert.All(texts.Where(x => x.Key.EndsWith(".One", StringComparison.Ordinal)), x => Assert.Contains(x.Key[..^"One".Length] + "Other", texts.Keys));
            Assert.All(texts, x => Format(x.Value));
        }
    }

    [Fact]
    public void Sentences_NoTwoResources_HaveOneKey() =>
        Assert.Equal([], _sentences.SelectMany(x => Read(x).Keys).GroupBy(x => x, StringComparer.Ordinal).Where(x => x.Count() > 1).Select(x => x.Key));

    [Fact]
    public void Sentences_InGermanAndSpanish_AreTranslated()
    {
        var same =
            from resource in _sentences
            let english = Read(resource)
            from language in new[] { "de", "es" }
            from text in Read(resource, language)
            where english[text.Key] == text.Value && !ResourceExceptions.SameWords.Contains(text.Value) && ResourceFiles.HasWords(text.Value)
            select $"{resource} {language} {text.Key}";
        Assert.Equal([], same.Where(x => !ResourceExceptions.SameInTwoLanguages.Any(key => x.EndsWith(" " + key, StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Resource_WordsThatTheGlossaryRejects_AreAbsent(string resource)
    {
        var found =
            from language in Languages(resource)
            let rejected = ResourceExceptions.Rejected[language ?? "en"]
            from text in Read(resource, language)
            from word in rejected
            where Regex.IsMatch(text.Value, $@"(?<!\p{{L}}){word}(?!\p{{L}})", RegexOptions.None, TimeSpan.FromSeconds(1))
            select $"{language ?? "en"} {text.Key}: {word}";
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    // Keys that are put together at run time end in a dot before the first hole: each of that beginning counts as asked for.
    [Fact]
    public void Sentences_EachKeyInTheSource_IsThere()
    {
        var asked = Sources("*.cs").SelectMany(file => Keys().Matches(File.ReadAllText(file)).Select(m => m.Groups["key"].Value)).Where(x => !x.Contains('{')).Distinct(StringComparer.Ordinal);
        Assert.Equal([], asked.Where(key => WordingResources.Find(key, CultureInfo.InvariantCulture) is null && WordingResources.Find(key + ".Other", CultureInfo.InvariantCulture) is null).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sentences_EachReasonForARole_IsThere()
    {
        var asked = Sources("*.cs").Concat(Sources("*.razor")).SelectMany(file => Doings().Matches(File.ReadAllText(file)).Select(m => m.Groups["doing"].Value)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(asked.Count > 20);
        Assert.Equal([], asked.Where(x => WordingResources.Find($"not-allowed.{x}", CultureInfo.InvariantCulture) is null).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sentences_EachKeyInTheResources_IsUsed()
    {
        var source = string.Concat(Sources("*.cs").Concat(Sources("*.razor")).Select(File.ReadAllText));
        var unused = _sentences.SelectMany(x => Read(x).Keys).Where(key => !Spellings(key).Any(x => source.Contains(x, StringComparison.Ordinal)));
        Assert.Equal([], unused.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sentences_InTheSource_AreNotInConstructors()
    {
        var found = Sources("*.cs").SelectMany(file => SentenceInCode().Matches(File.ReadAllText(file)).Select(m => $"{Path.GetFileName(file)}: {m.Value}"));
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Spellings(string key)
    {
        var bare = key.EndsWith(".One", StringComparison.Ordinal) ? key[..^4] : key.EndsWith(".Other", StringComparison.Ordinal) ? key[..^6] : key;
        yield return $"\"{key}\"";
        yield return $"\"{bare}\"";
        // $"Event.{kind}", $"P04.{which}-by-…", $"{RuleId}.pool", "approve-plan" behind not-allowed.
        for (var at = bare.IndexOf('.', StringComparison.Ordinal); at > 0; at = bare.IndexOf('.', at + 1))
        {
            yield return $"\"{bare[..(at + 1)]}{{";
            yield return $"\"{bare[(at + 1)..]}\"";
            yield return $"}}{bare[at..]}\"";
        }

        // $"{RuleId}.{pool}-ignored", $"P02.control-{of}"
        for (var dash = bare.IndexOf('-', StringComparison.Ordinal); dash > 0; dash = bare.IndexOf('-', dash + 1))
        {
            yield return $"}}{bare[dash..]}\"";
            yield return $"\"{bare[..(dash + 1)]}{{";
        }

        // An enum among the arguments.
        if (bare.StartsWith("BatchState.", StringComparison.Ordinal) || bare.StartsWith("Role.", StringComparison.Ordinal))
            yield return bare[bare.IndexOf('.', StringComparison.Ordinal)..];
        if (bare.StartsWith("Probe.", StringComparison.Ordinal))
            yield return $"\"{bare["Probe.".Length..]}\"";
    }

    private static IEnumerable<string> Sources(string pattern) => ResourceFiles.Files(pattern);

    private static IEnumerable<string?> Languages(string resource) =>
        new string?[] { null, "de", "es" }.Where(x => File.Exists(Path.Combine(Source, $"{resource}{(x is null ? "" : $".{x}")}.resx")));

    private static Dictionary<string, string> Read(string resource, string? language = null) => ResourceFiles.Read(resource, language);

    private static string Numbers(string text) => string.Join(' ', ResourceFiles.Placeholder().Matches(text).Select(x => x.Groups["n"].Value).Distinct().Order(StringComparer.Ordinal));

    private static void Format(string text)
    {
        object[] args = ResourceFiles.Placeholder().Matches(text).Any(x => x.Value.Contains(":d", StringComparison.Ordinal) || x.Value.Contains(":g", StringComparison.Ordinal))
            ? [.. Enumerable.Repeat<object>(DateTimeOffset.UnixEpoch, 9)]
            : [.. Enumerable.Repeat<object>(1L, 9)];
        foreach (var language in _languages)
            Assert.NotEmpty(string.Format(language, text.Contains('{') ? text : "x", args));
    }

    // new Wording("Count.Rooms", …), new Refusal("no-rooms"), new Finding("P05", …)
    [GeneratedRegex(@"new (Wording|Refusal|Finding)\(\s*\$?""(?<key>[^""]+)""\s*[,)](?! Wording)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keys();

    [GeneratedRegex(@"\b(Require|RequireAny|RequireAsync|DisabledReason)\((?:[^;""]*?)""(?<doing>[a-z][a-z-]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Doings();

    [GeneratedRegex(@"\b(Refusal|Finding|ProbeNote|Wording)\(\s*\$?""[^""]*[a-z] [a-z][^""]*""|(Require\w*|RefuseAsync)\([^;]*""[A-Z][a-z]+ [a-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SentenceInCode();
}
