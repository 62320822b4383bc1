using System.Text.RegularExpressions;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Reviews.Policy;

/// <summary>What a policy may count is what the engine's rules warn of: a rule that is added or renamed there shows here.</summary>
public sealed partial class PreflightRuleIdsTests
{
    private static readonly string _sources = string.Concat(
        Directory.EnumerateFiles(Path.Combine(SourceFolder.Tests, "../../src/MigrationPortal.Engine/Preflight"), "*.cs").Select(File.ReadAllText));

    [Fact]
    public void Warning_OfAnyRule_CanBeCountedByAPolicy()
    {
        var warned = WarningLines().Matches(_sources).SelectMany(x => Ids().Matches(x.Value)).Select(x => x.Groups["id"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(warned.Count > 20, "The rules are not where this test looks for them.");
        Assert.Empty(warned.Except(PreflightRuleIds.All));
    }

    [Fact]
    public void Id_OfEach_IsOneThatTheEngineReports() => Assert.All(PreflightRuleIds.All, id => Assert.Matches($"\"{id}[\".]", _sources));

    [GeneratedRegex("^.*Severity\\.Warning.*$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex WarningLines();

    // "P14.dropped" is a sentence of rule P14.
    [GeneratedRegex("\"(?<id>[A-Z][A-Za-z0-9]*)(\\.[^\"]*)?\",", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();
}
