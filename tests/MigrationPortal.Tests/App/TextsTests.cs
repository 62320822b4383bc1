using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.App;

/// <summary>Texts that exist in one language exist in all: same keys, same placeholders, and every key that a page asks for.</summary>
public sealed partial class TextsTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(SourceFolder.Tests, "..", "..", "src", "MigrationPortal"));
    private static readonly string[] Languages = ["es", "de"];

    /// <summary>Resources that speak three languages, and the folder or files whose <c>L["…"]</c> they answer.</summary>
    public static TheoryData<string, string> Translated => new()
    {
        { "App/Frame", "App" },
        { "App/MudTexts", "App/MudTexts.cs" },
        { "Audit/AuditTexts", "Audit" },
        { "CutOver/CutOverTexts", "CutOver" },
        { "Delta/DeltaTexts", "Delta" },
        { "Evidence/EvidenceTexts", "Evidence" },
        { "Undo/UndoTexts", "Undo" },
        { "People/PeopleTexts", "People" },
        { "Batches/BatchTexts", "Batches/BatchTexts.cs" },
        { "Batches/BatchStateTexts", "Batches/BatchStateBadge.razor" },
        { "Batches/Browsing/BatchesPage", "Batches/Browsing" },
        { "Batches/Importing/ImportTexts", "Batches/Importing" },
        { "Batches/Viewing/BatchPage", "Batches/Viewing" },
        { "Batches/Viewing/BatchOptions/BatchOptionTexts", "Batches/Viewing/BatchOptions" },
        { "Batches/Viewing/BatchRooms/BatchRoomTexts", "Batches/Viewing/BatchRooms" },
        { "Batches/Viewing/Since/SinceTexts", "Batches/Viewing/Since" },
        { "Batches/Viewing/Edits/EditTexts", "Batches/Viewing/Edits" },
        { "Batches/Viewing/Deciding/DecidingTexts", "Batches/Viewing/Deciding" },
        { "Batches/Viewing/Deciding/RuleTexts", "Batches/Viewing/Deciding/RuleTexts.cs" },
        { "Batches/Viewing/Histories/HistoryTexts", "Batches/Viewing/Histories/BatchHistoryTab.razor" },
        { "Batches/Viewing/Plans/PlanReasonTexts", "Batches/Viewing/Plans/PlanReasonTexts.cs" },
        { "Batches/Viewing/Plans/PlanTexts", "Batches/Viewing/Plans" },
        { "Comments/CommentTexts", "Comments" },
        { "Notices/NoticeTexts", "Notices/Bell" },
        { "Files/FileStateTexts", "Files/FileStateTexts.cs" },
        { "Inbox/InboxTexts", "Inbox" },
        { "Lists/ColumnTitles", "Lists/ColumnTitles.cs" },
        { "Lists/ListTexts", "Lists" },
        { "Jobs/JobTexts", "Jobs" },
        { "PoolPairs/Viewing/AdministrationPage", "PoolPairs/Viewing" },
        { "PoolPairs/Checking/CheckTexts", "PoolPairs/Checking" },
        { "PoolPairs/PlanOptionTexts", "PoolPairs/PlanOptionsForm.razor" },
        { "Reviews/ReviewTexts", "Reviews/DecisionCard.razor" },
        { "Batches/Editing/AcknowledgeRuleDialog", "Batches/Editing/AcknowledgeRuleDialog.razor" },
        { "Batches/Editing/AddToBatchDialog", "Batches/Editing/AddToBatchDialog.razor" },
        { "Freezes/FreezeTexts", "Freezes" },
        { "Reviews/BreakGlass/BreakGlassTexts", "Reviews/BreakGlass" },
        { "Reviews/Judging/StandingTexts", "Reviews/Judging" },
        { "Reviews/Policy/PolicyTexts", "Reviews/Policy" },
        { "Reviews/Policy/ReviewFactTexts", "Reviews/Policy/ReviewFactTexts.cs" },
        { "Overview/OverviewPage", "Overview" },
        { "Rooms/EventNames", "Rooms/EventNames.cs" },
        { "Rooms/ReasonTexts", "Rooms/ReasonTexts.cs" },
        { "Rooms/RoomTexts", "Rooms/RoomTexts.cs" },
        { "Rooms/Browsing/RoomPeek", "Rooms/Browsing/RoomPeek.razor" },
        { "Rooms/Browsing/RoomsPage", "Rooms/Browsing/RoomsPage.razor" },
        { "Rooms/Viewing/RoomPage", "Rooms/Viewing" },
        { "Presence/PresenceTexts", "Presence" },
        { "Runs/RunTexts", "Runs/Viewing" },
        { "Runs/Steering/ThrottleDialog", "Runs/Steering/ThrottleDialog.razor" },
        { "Setup/SetupTexts", "Setup" },
        { "SignIn/Access/AccessTexts", "SignIn/Access" },
        { "SignIn/Page/SignInPage", "SignIn/Page" },
        { "Texts/Checks", "Texts/PortalTexts.cs" },
        { "Texts/Events", "Texts/PortalTexts.cs" },
        { "Texts/Refusals", "Texts/PortalTexts.cs" },
        { "Texts/SignInReasons", "Texts/PortalTexts.cs" },
        { "Ui/Values/Counts", "Ui/Values/Plurals.cs" },
        { "Ui/Parts", "Ui" },
        { "Verification/VerificationTexts", "Verification" },
        { "Windows/WindowTexts", "Windows/Viewing" },
    };

    [Fact]
    public void Resources_WithOneTranslation_AreAllNamedHere()
    {
        var found = Directory.GetFiles(Source, "*.resx", SearchOption.AllDirectories).Where(x => Languages.Any(l => x.EndsWith($".{l}.resx", StringComparison.Ordinal)))
            .Select(x => Path.GetRelativePath(Source, x).Replace('\\', '/').Split('.')[0]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Translated.Select(x => (string)x[0]).Order(StringComparer.Ordinal), found);
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void Texts_OfEveryKey_ExistInAllLanguagesWithTheSamePlaceholders(string resource, string folder)
    {
        var english = Read(resource, null);
        Assert.NotEmpty(FilesOf(folder));
        foreach (var language in Languages)
        {
            var texts = Read(resource, language);
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            Assert.All(texts, x => Assert.Equal((x.Key, Placeholders(english[x.Key])), (x.Key, Placeholders(x.Value))));
            Assert.All(texts, x => Assert.False(string.IsNullOrWhiteSpace(x.Value), x.Key));
        }
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void Texts_ThatPagesAskFor_AreThere(string resource, string folder)
    {
        var english = Read(resource, null);
        var asked = FilesOf(folder).Where(x => Path.GetExtension(x) is ".razor" or ".cs")
            .SelectMany(x => Asked().Matches(File.ReadAllText(x)).Select(m => m.Groups["key"].Value)).ToHashSet(StringComparer.Ordinal);
        // MudBlazor asks for its texts itself, and counted nouns are asked for by Count.
        Assert.True(asked.Count > 0 || folder.EndsWith(".cs", StringComparison.Ordinal) || resource == "Batches/BatchStateTexts", resource);
        Assert.Equal([], asked.Where(x => !english.ContainsKey(x)).Order(StringComparer.Ordinal));
    }

    private static string[] FilesOf(string place) =>
        Path.Combine(Source, place) is var path && File.Exists(path) ? [path] : Directory.GetFiles(path);

    private static Dictionary<string, string> Read(string resource, string? language) =>
        XDocument.Load(Path.Combine(Source, $"{resource}{(language is null ? "" : $".{language}")}.resx")).Root!.Elements("data")
            .ToDictionary(x => (string)x.Attribute("name")!, x => (string)x.Element("value")!, StringComparer.Ordinal);

    private static string Placeholders(string text) => string.Join(' ', Placeholder().Matches(text).Select(x => x.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    // L["Key"] and texts["Key", …]; keys that are made up at run time are words of their own tables.
    [GeneratedRegex(@"\b(L|T|texts)\[""(?<key>[^""]+)""(?! \+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();
}
