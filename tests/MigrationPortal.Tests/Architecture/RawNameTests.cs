using System.Text.RegularExpressions;

namespace MigrationPortal.Tests.Architecture;

/// <summary>A name from a chat database, the directory or a person stands nowhere in a page as it is (trap C12), nor the id of a rule, which may be a word for programs.</summary>
public sealed partial class RawNameTests
{
    // Names that the portal gives itself, or the machine; and whole sentences, whose names are visible already.
    private static readonly HashSet<string> _own = new(StringComparer.Ordinal) { "culture.Name", "node.Name", "Environment.MachineName", "Zone.Name", "persona.DisplayName", "x.Detail", "item.Detail" };

    [Fact]
    public void Pages_NameAsItIs_IsNowhereShown()
    {
        var found =
            from file in ResourceFiles.Code
            where file.Key.EndsWith(".razor", StringComparison.Ordinal)
            from name in TextNode().Matches(file.Value).Concat(Attribute().Matches(file.Value))
            where !_own.Contains(name.Groups["name"].Value)
            select $"{Path.GetFileName(file.Key)}: {name.Value}";
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Labels_NameOfARoom_IsNeverEmpty()
    {
        var found = ResourceFiles.Code.SelectMany(file => RoomInLabel().Matches(file.Value).Concat(RoomInDialog().Matches(file.Value)).Select(x => $"{Path.GetFileName(file.Key)}: {x.Value}"));
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sentences_IdOfARule_IsNowherePutIn()
    {
        var found = ResourceFiles.Code.SelectMany(file => RuleInText().Matches(file.Value).Select(x => $"{Path.GetFileName(file.Key)}: {x.Value}"));
        Assert.Equal([], found.Order(StringComparer.Ordinal));
    }

    // aria-label="@L["SelectRoom", Row.Name]"; a batch always has a name.
    [GeneratedRegex("""(?<=\s)(aria-label|Label|Title|title)="@L\["(?!SelectBatch")\w+", ([\w.?!]*(RoomName|LegacyName)|Row\.Name)(?=[ ,\]])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoomInLabel();

    // L["RenameTitle", row.LegacyName ?? ""], L["AcceptSentence", room.RoomName]
    [GeneratedRegex("""\["\w+(Title|Sentence)(\.\w+)?", ([\w.?!]+\.)?(RoomName|LegacyName)(?=[ ,\]])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoomInDialog();

    // L["Finding", finding.RuleId], texts.Count("Warnings", count, about.Head)
    [GeneratedRegex("""(\[|\.Count\()\$?"[^"\n]*"[^;\]\n]*, \w+(\.\w+)*\.(RuleId|Head)(?=[,\])])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleInText();

    // <b>@batch.Name</b>; a name alone is a component's own parameter or a text of the portal.
    [GeneratedRegex("""(>|\s)@(?<name>\w+[\w.?!]*\.(Name|\w+Name|Author|Detail|RuleId))(?=<|\s)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextNode();

    // title="@batch.Name", of an element: a component's parameter begins with a capital.
    [GeneratedRegex("""(?<=\s)(title|alt|placeholder|aria-[a-z]+)="[^"]*@(?<name>CategoryPaths\.Display|\w+[\w.?!]*\.(Name|\w+Name|Author|Detail|Subject|Person|Owner|Browser|RuleId))\b""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribute();
}
