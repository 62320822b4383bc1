using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Tests.Ui;

/// <summary>Numbers, sizes, dates and counts as a reader of each language writes them.</summary>
public sealed class CultureTests
{
    private static readonly DateTimeOffset _at = new(2026, 3, 5, 9, 4, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "1\u00a0234\u00a0567", "1.5\u00a0MB", "5 Mar 2026 09:04")]
    [InlineData("de", "1\u00a0234\u00a0567", "1,5\u00a0MB", "5. März 2026 09:04")]
    [InlineData("es", "1\u00a0234\u00a0567", "1,5\u00a0MB", "5 mar 2026 09:04")]
    public void Text_InALanguage_FollowsItsCustoms(string language, string number, string size, string time)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal(number, Numbers.Group(1_234_567));
        Assert.Equal(size, Numbers.Bytes(1_500_000));
        Assert.Equal(time, Clock.Utc.DateTime(_at));
    }

    [Theory]
    [InlineData(0, "Rooms.Other(0)")]
    [InlineData(1, "Rooms.One(1)")]
    [InlineData(31_397, "Rooms.Other(31\u00a0397)")]
    public void Count_OfAKey_TakesTheTextForOneOrForTheRest(long count, string text) => Assert.Equal(text, new Keys().Count("Rooms", count));

    private sealed class Keys : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, $"{name}({string.Join(", ", arguments)})");

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
