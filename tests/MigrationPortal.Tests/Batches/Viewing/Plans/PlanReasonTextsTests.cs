using System.Text.RegularExpressions;
using MigrationPortal.Tests.Architecture;

namespace MigrationPortal.Tests.Batches.Viewing.Plans;

/// <summary>Each reason that the planner gives has words: a code that is added or renamed there shows here.</summary>
public sealed partial class PlanReasonTextsTests
{
    // Properties, options and rules of the preflight check, which stand in the same files.
    private static readonly string[] _noReasons =
    [
        "AddIn", "AddedBy", "AllowedMember", "AllowedMembers", "AuthorWithoutPrincipal", "BehaviorUnknown", "DisabledRooms", "InvalidAddIn", "NewName",
        "RoleDefinerInvalid", "RoomUnderRoot", "RootCategory", "ScopeDefinerInvalid", "TreeBroken", "UpdatedBy", "VisibilityUnknown",
    ];

    private static readonly string _source = string.Join('\n', Directory.GetFiles(Path.Combine(ResourceFiles.Source, "MigrationPortal.Engine", "Planning"), "*.cs")
        .Append(Path.Combine(ResourceFiles.Source, "MigrationPortal", "Batches", "Planning", "PlanLines.cs"))
        .SelectMany(File.ReadAllLines).Where(x => !x.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [Fact]
    public void Text_OfEachReason_IsThere()
    {
        var codes = Words().Matches(_source).Concat(Decisions().Matches(_source)).Select(x => x.Groups["code"].Value).Except(_noReasons, StringComparer.Ordinal).ToList();

        Assert.True(codes.Count > 40, "The planner is not where this test looks for it.");
        Assert.Equal([], codes.Except(ResourceFiles.Read("MigrationPortal/Batches/Viewing/Plans/PlanReasonTexts").Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // Also where it is chosen, or passed on: isOwn ? "MemberOwn" : "MemberInherited".
    [GeneratedRegex("\"(?<code>[A-Z][a-z]+([A-Z][a-z]+)+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();

    [GeneratedRegex("\\b(new|Decision)\\(\"(?<code>[A-Za-z]+)\", \"[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Decisions();
}
