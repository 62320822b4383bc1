using System.Text.RegularExpressions;
using MigrationPortal.Tests.Architecture;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Audit;

/// <summary>What <c>docs/security.md</c> says of the audit is what the portal writes, and each action that it names is looked for by a test.</summary>
public sealed partial class DocumentedActionsTests
{
    private const string OfBatches = "Batch";

    private static readonly string _repository = Path.GetFullPath(Path.Combine(SourceFolder.Portal, "..", ".."));

    public static TheoryData<string> Actions => [.. Named];

    private static IEnumerable<string> Named => Rows().Matches(Section()).SelectMany(x => Names().Matches(x.Groups["names"].Value)).Select(x => x.Groups["name"].Value);

    [Theory]
    [MemberData(nameof(Actions))]
    public void Action_OfTheTable_IsWrittenAndTested(string action)
    {
        Assert.True(Sources(SourceFolder.Portal).Any(x => Literal(x, action) || (action.StartsWith(OfBatches, StringComparison.Ordinal) && Literal(x, action[OfBatches.Length..]))), $"{action} is written nowhere");
        Assert.True(Sources(Path.Combine(_repository, "tests")).Any(x => x.Contains(action, StringComparison.Ordinal)), $"{action} is in no test");
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void Action_OfTheTable_HasANameInTheLog(string action) => Assert.Contains($"Action.{action}", ResourceFiles.Read("MigrationPortal/Audit/AuditTexts").Keys);

    [Fact]
    public void Table_NamesTheActionsOfPoliciesWindowsWebhooksAndEmergencies() =>
        Assert.Empty(new[] { "PolicySet", "WindowsSet", "WebhookSet", "CommentRedacted", "EvidenceMade", "AuditExported", "FreezeSet", "BatchBreakGlassConfirmed" }.Except(Named));

    private static bool Literal(string source, string name) => source.Contains($"\"{name}\"", StringComparison.Ordinal) || source.Contains($"nameof({name})", StringComparison.Ordinal);

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(x => !x.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText);

    private static string Section()
    {
        var text = File.ReadAllText(Path.Combine(_repository, "docs", "security.md"));
        var start = text.IndexOf("## Reading the audit", StringComparison.Ordinal);
        return text[start..text.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\| (?<names>`[^|]+`) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<name>[A-Za-z]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}
