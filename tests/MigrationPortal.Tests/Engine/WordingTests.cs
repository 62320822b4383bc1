using System.Globalization;
using System.Text.Json;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Engine;

public sealed class WordingTests
{
    private static readonly CultureInfo _german = CultureInfo.GetCultureInfo("de");
    private static readonly CultureInfo _spanish = CultureInfo.GetCultureInfo("es");

    [Theory]
    [InlineData(1, "en", "1 row of the legacy pool belongs to a room or category that is not in tblNode (x). It is not migrated.")]
    [InlineData(1200, "en", "1\u00a0200 rows of the legacy pool belong to rooms or categories that are not in tblNode (x). They are not migrated.")]
    [InlineData(1, "de", "1 Zeile des Vorversionspools gehört zu einem Chatroom oder einer Kategorie ohne Eintrag in tblNode (x). Sie wird nicht migriert.")]
    [InlineData(2, "es", "2 filas del grupo de servidores heredado pertenecen a salones o categorías que no están en tblNode (x). No se migran.")]
    public void In_CountAndLanguage_ChooseTheSentence(int count, string language, string expected) =>
        Assert.Equal(expected, new Wording("DanglingRow.pool", count, "x").In(CultureInfo.GetCultureInfo(language)));

    [Fact]
    public void In_LanguageWithoutTexts_IsEnglish() =>
        Assert.Equal(new Refusal("lock-lost").In(CultureInfo.InvariantCulture), new Refusal("lock-lost").In(CultureInfo.GetCultureInfo("fr-FR")));

    [Fact]
    public void In_ListsAndNestedWordings_FollowTheReader()
    {
        var sentence = new Wording("Probe.RightMissing", new[] { "tblNode", "tblChat" }.Select(x => new Wording("Probe.RightMissing.on", "UPDATE", x)));

        Assert.Contains("UPDATE on tblNode, UPDATE on tblChat.", sentence.In(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("UPDATE für tblNode, UPDATE für tblChat.", sentence.In(_german), StringComparison.Ordinal);
    }

    [Fact]
    public void In_DayAndTime_FollowTheReader()
    {
        var day = new Wording("P17.all", 3, new DateOnly(2026, 11, 30));

        Assert.Contains("30.11.2026", day.In(_german), StringComparison.Ordinal);
        Assert.Contains("30/11/2026", day.In(_spanish), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_EveryKindOfArgument_ComesBackEqual()
    {
        var all = new Wording("P05", 12, "Sales", new[] { "a", "b" }, new Wording("Role.Planner"), new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero), new DateOnly(2026, 11, 30), Severity.Blocker);

        Assert.Equal(JsonSerializer.Serialize(all), JsonSerializer.Serialize(JsonSerializer.Deserialize<Wording>(JsonSerializer.Serialize(all))));
        Assert.Equal(all, JsonSerializer.Deserialize<Wording>(JsonSerializer.Serialize(all)));
        Assert.Equal(all.GetHashCode(), JsonSerializer.Deserialize<Wording>(JsonSerializer.Serialize(all))!.GetHashCode());
        Assert.NotEqual(all, new Wording("P05", 12, "Sales"));
    }

    [Fact]
    public void Json_SentenceStoredBeforeThereWereKeys_StaysAsItIs()
    {
        var old = JsonSerializer.Deserialize<Wording>("\"Two rows of the old pool.\"")!;

        Assert.Equal("Two rows of the old pool.", old.In(_german));
        Assert.Equal("\"Two rows of the old pool.\"", JsonSerializer.Serialize(old));
    }

    [Fact]
    public void Json_CharactersThatJsonbRefuses_AreShownByTheirNumber()
    {
        var json = JsonSerializer.Serialize(new Wording("P08.split", "a\0b\ud800"));

        Assert.DoesNotContain("\\u0000", json, StringComparison.Ordinal);
        Assert.Equal(["a[U+0000]b[U+D800]"], JsonSerializer.Deserialize<Wording>(json)!.Args);
    }

    [Fact]
    public void In_KeyOfALaterVersion_IsShownWithItsArguments() =>
        Assert.Equal("from-tomorrow: Sales: 3", new Wording("from-tomorrow", "Sales", 3).In(_german));

    [Fact]
    public void Refusal_KeyWithAVariant_HasTheCodeBeforeTheDot() => Assert.Equal("timeout", new Refusal("timeout.answer", RefusalKind.Unavailable, "sql01", "mgc").Code);
}
