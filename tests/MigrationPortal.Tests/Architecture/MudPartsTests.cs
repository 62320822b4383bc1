using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Architecture;

/// <summary>Tables and fields are MudBlazor's, by the parts of Ui/; a page that has plain ones is named here with its reason (decision 6).</summary>
public sealed partial class MudPartsTests
{
    private const string Row = "a box in each row: as MudBlazor's, fifty rows cost three times the bytes and ten times the memory";
    private const string Filter = "a filter bar of a list: hundreds of entries cost nothing until it is opened, and each character is sent with its field's own pause";

    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["Audit/AuditPage.razor"] = "a form that is sent by GET, so that it works without a circuit",
        ["Batches/Browsing/BatchFilters.razor"] = Filter,
        ["Batches/Browsing/BatchGrid.razor"] = Row,
        ["Batches/Browsing/BatchGridRow.razor"] = Row,
        ["Batches/Viewing/BatchRooms/BatchRoomLine.razor"] = Row,
        ["Batches/Viewing/BatchRooms/BatchRoomsGrid.razor"] = Row,
        ["Batches/Viewing/BatchRooms/BatchRoomsTab.razor"] = Filter,
        ["Batches/Viewing/Plans/BatchPlanTab.razor"] = Filter,
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

    [Fact]
    public void Page_WithAPlainTableOrField_IsNamedWithItsReason()
    {
        var found = Directory.GetFiles(SourceFolder.Portal, "*.razor", SearchOption.AllDirectories)
            .Where(x => Element().IsMatch(File.ReadAllText(x)))
            .Select(x => Path.GetRelativePath(SourceFolder.Portal, x).Replace('\\', '/'))
            .Where(x => !x.StartsWith("Ui/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Plain.Keys.Order(StringComparer.Ordinal), found);
    }

    // A hidden field is none for a person.
    [GeneratedRegex("<(?:table|select|textarea|input(?! type=\"hidden\"))\\b", RegexOptions.None, 1000)]
    private static partial Regex Element();
}
