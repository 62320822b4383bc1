using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.Verification;

namespace MigrationPortal.Tests.Verification;

public sealed class ResultLinesTests
{
    [Theory]
    [InlineData("Privacy", "open", "offen")]
    [InlineData("Invitations", "inherited", "wie die Kategorie")]
    [InlineData("Name", "", "(leer)")]
    [InlineData("Name", "Open", "Open")]
    [InlineData("Description", "normal", "normal")]
    [InlineData("Category", "Private", "Private")]
    [InlineData("Member", "Scope", "Scope")]
    [InlineData(null, "Closed", "Closed")]
    public void Value_OfAProperty_IsAWordOnlyWhereThePropertyHasWords(string? property, string value, string expected)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        Assert.Equal(expected, new ResultLines(services.GetRequiredService<IStringLocalizer<VerificationTexts>>()).Value(property, value));
    }
}
