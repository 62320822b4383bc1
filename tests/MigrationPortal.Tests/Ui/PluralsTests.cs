using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Tests.Ui;

public sealed class PluralsTests
{
    [Theory]
    [InlineData("en", 0, "0 rooms")]
    [InlineData("en", 1, "1 room")]
    [InlineData("en", 31397, "31\u00a0397 rooms")]
    [InlineData("de", 1, "1 Chatroom")]
    [InlineData("de", 2, "2 Chatrooms")]
    [InlineData("es", 1, "1 salón")]
    [InlineData("es", 1_000_000, "1\u00a0000\u00a0000 salones")]
    public void Count_OfRooms_FollowsNumberAndLanguage(string language, long rooms, string expected)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.Equal(expected, services.GetRequiredService<IStringLocalizer<Counts>>().Count("Rooms", rooms));
    }
}
