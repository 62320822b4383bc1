using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Rooms;

namespace MigrationPortal.Tests.Batches.Viewing.Plans;

public sealed class PlanValuesTests
{
    [Theory]
    [InlineData(PlanItemKinds.Room, "Invitations", "inherited", "geerbt")]
    [InlineData(PlanItemKinds.Room, "Invitations", "as its category", "wie die Kategorie")]
    [InlineData(PlanItemKinds.Category, "History", "on", "ein")]
    [InlineData(PlanItemKinds.Category, "Uploads", "off", "aus")]
    [InlineData(PlanItemKinds.Room, "Privacy", "scope", "Geschlossen")]
    [InlineData(PlanItemKinds.Room, "Privacy", "private", "Geheim")]
    [InlineData(PlanItemKinds.Category, "AddedBy", "principal 1700", "Prinzipal 1700")]
    [InlineData(PlanItemKinds.Category, "UpdatedBy", "system", "Systemkonto")]
    [InlineData(PlanItemKinds.Principal, "Enabled", "gone", "gelöscht")]
    [InlineData(PlanItemKinds.Principal, "Enabled", "federated", "Verbundbenutzer")]
    [InlineData(PlanItemKinds.Principal, "Enabled", "disabled", "deaktiviert")]
    [InlineData(PlanItemKinds.Principal, "Person", "principal 1700", "Prinzipal 1700")]
    [InlineData(PlanItemKinds.Principal, "Person", "principal Skinner (sip:s@contoso.com, principal 7); Sam (sip:sam@contoso.com, principal 40)", "principal Skinner (sip:s@contoso.com, Prinzipal 7); Sam (sip:sam@contoso.com, Prinzipal 40)")]
    public void Value_OfASetting_IsInTheReadersLanguage(string kind, string property, string value, string expected) => Assert.Equal(expected, InGerman(kind, property, value));

    [Theory]
    [InlineData(PlanItemKinds.Room, "Name", "private")]
    [InlineData(PlanItemKinds.Room, "Topic", "off")]
    [InlineData(PlanItemKinds.Member, "Privacy", "private")]
    [InlineData(PlanItemKinds.Principal, "Person", "principal Skinner")]
    [InlineData(PlanItemKinds.Category, "AddedBy", "kim")]
    public void Value_ThatIsANameOrText_StaysAsItIs(string kind, string property, string value) => Assert.Equal(value, InGerman(kind, property, value));

    [Theory]
    [InlineData(PlanItemKinds.Room, 12L, "Desk", "planLine:Room:12:")]
    [InlineData(PlanItemKinds.Messages, 12L, "Desk", "planLine:Messages:12:")]
    [InlineData(PlanItemKinds.Room, null, "Desk", "planLine:Room::Desk")]
    [InlineData(PlanItemKinds.Member, 12L, "Kim", "planLine:Member:12:Kim")]
    [InlineData(PlanItemKinds.Member, 12L, "Kim\n", null)]
    [InlineData(PlanItemKinds.Category, null, "Interest", "planLine:Category::Trading / Rates")]
    [InlineData(PlanItemKinds.Category, null, "Other", "planLine:Category::Other")]
    [InlineData(PlanItemKinds.Creator, null, "Interest", "planLine:Creator::Interest")]
    public void About_ALine_HasNoNameThatPeopleChoose(string kind, long? roomId, string subject, string? about) =>
        Assert.Equal(about, PlanValues.About(kind, roomId, subject, new Dictionary<string, string> { ["Interest"] = "Trading / Rates" }));

    private static string InGerman(string kind, string property, string value)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        return PlanValues.Value(services.GetRequiredService<IStringLocalizer<RoomTexts>>(), kind, property, value);
    }
}
