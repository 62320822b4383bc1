using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Architecture;

/// <summary>Tables, fields and buttons are MudBlazor's, by the parts of Ui/; a page that has plain ones is named here with its reason (decision 6).</summary>
public sealed partial class MudPartsTests
{
    private const string Row = "a box in each row: as MudBlazor's, fifty rows cost three times the bytes and ten times the memory";
    private const string Filter = "a filter bar of a list: hundreds of entries cost nothing until it is opened";

    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["Audit/AuditPage.razor"] = "a form that is sent by GET, so that it works without a circuit",
        ["Batches/Browsing/BatchGrid.razor"] = Row,
        ["Batches/Browsing/BatchGridRow.razor"] = Row,
        ["Batches/Viewing/BatchRooms/BatchRoomLine.razor"] = Row,
        ["Batches/Viewing/BatchRooms/BatchRoomsGrid.razor"] = Row,
        ["Batches/Viewing/BatchRooms/BatchRoomsTab.razor"] = Filter,
        ["Comments/Writing/CommentEditor.razor"] = "mentions are put where the cursor is, by the element itself",
        ["Evidence/EvidenceIndex.razor"] = "a file that is read without the portal",
        ["People/PeopleFilters.razor"] = Filter,
        ["PoolPairs/PlanOptionsForm.razor"] = "fields within sentences, each choice with its reason below it",
        ["Presence/WhoIsHere.razor"] = "kept by the browser, which answers at once",
        ["Reviews/DecisionCard.razor"] = "the comment of a decision, whose draft outlives its page",
        ["Reviews/EndedDecision.razor"] = "a text to copy",
        ["Rooms/Browsing/RoomFilters.razor"] = Filter,
        ["Rooms/Browsing/RoomGrid.razor"] = Row,
        ["Rooms/Browsing/RoomGridRow.razor"] = Row,
        ["Runs/Viewing/RunFilters.razor"] = Filter,
        ["Runs/Viewing/TransferRow.razor"] = Row,
        ["Setup/ConnectionCard.razor"] = "labels beside their fields, which hide without losing their drafts",
        ["Setup/ProductsStep.razor"] = "as the card of a connection",
        ["SignIn/Page/SignInWay.razor"] = "a page without a circuit",
    };

    private const string Browser = "done by the browser alone, also before the circuit is up";
    private const string RowButton = "a button in each row: as MudBlazor's, each is a component of its own with four times the bytes";

    private static readonly Dictionary<string, string> PlainButtons = new(StringComparer.Ordinal)
    {
        ["App/KeysDialog.razor"] = Browser,
        ["Audit/AuditPage.razor"] = "sends a form by GET, so that it works without a circuit",
        ["Batches/Viewing/BatchPage.razor"] = Browser,
        ["Batches/Viewing/BatchRooms/BatchRoomLine.razor"] = RowButton,
        ["Batches/Viewing/Since/SinceLooked.razor"] = Browser,
        ["Comments/Viewing/CommentBox.razor"] = RowButton,
        ["CutOver/CutOverPage.razor"] = Browser,
        ["Notices/Bell/NotificationsPage.razor"] = RowButton,
        ["PoolPairs/PlanOptionsForm.razor"] = RowButton,
        ["Rooms/Browsing/RoomPeek.razor"] = Browser,
        ["Setup/ConfigurationStep.razor"] = Browser,
        ["SignIn/Page/DeniedPage.razor"] = "a page without a circuit",
        ["SignIn/Page/SignInWay.razor"] = "a page without a circuit",
    };

    [Fact]
    public void Page_WithAPlainTableOrField_IsNamedWithItsReason() => Assert.Equal(Plain.Keys.Order(StringComparer.Ordinal), PagesWith(Element()));

    [Fact]
    public void Page_WithAPlainButton_IsNamedWithItsReason() => Assert.Equal(PlainButtons.Keys.Order(StringComparer.Ordinal), PagesWith(Button()));

    [Fact]
    public void Form_ThatSends_IsTheOneThatSendsOnce()
    {
        var sending = Directory.GetFiles(SourceFolder.Portal, "*.razor", SearchOption.AllDirectories).Where(x => File.ReadAllText(x).Contains("@onsubmit", StringComparison.Ordinal));
        Assert.Equal("SendingForm.razor", Path.GetFileName(Assert.Single(sending)));
    }

    private static IEnumerable<string> PagesWith(Regex element) => Directory.GetFiles(SourceFolder.Portal, "*.razor", SearchOption.AllDirectories)
        .Where(x => element.IsMatch(File.ReadAllText(x)))
        .Select(x => Path.GetRelativePath(SourceFolder.Portal, x).Replace('\\', '/'))
        .Where(x => !x.StartsWith("Ui/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("<button\\b[^>]*class=\"btn", RegexOptions.None, 1000)]
    private static partial Regex Button();

    // A hidden field is none for a person.
    [GeneratedRegex("<(?:table|select|textarea|input(?! type=\"hidden\"))\\b", RegexOptions.None, 1000)]
    private static partial Regex Element();
}
