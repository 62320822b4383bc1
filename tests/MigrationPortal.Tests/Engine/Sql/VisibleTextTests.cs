using System.Text;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Sql;

public sealed class VisibleTextTests(ITestOutputHelper output)
{
    // In code: the texts of an attribute or of a theory are kept as UTF-8, and that has no halves.
    [Fact]
    public void Of_Units_AreWrittenOutAndComeBack()
    {
        (string Raw, string Visible)[] texts =
        [
            ("Party \uD83D", "Party ⟦U+D83D⟧"), ("\uDE00\uD83D", "⟦U+DE00⟧⟦U+D83D⟧"), ("a\0b", "a⟦U+0000⟧b"),
            ("Grüße 🌍", "Grüße 🌍"), ("⟦U+0000⟧", "⟦U+27E6⟧U+0000⟧"), ("⟦x⟧", "⟦x⟧"),
        ];
        foreach (var (raw, visible) in texts)
        {
            Assert.Equal(visible, VisibleText.Of(raw));
            Assert.Equal(raw, VisibleText.Raw(visible));
        }
    }

    [Fact]
    public void Of_RandomUnits_IsWellFormedAndReversible()
    {
        var random = new Random(TestSeed.Draw(output));
        char[] units = ['a', '\0', '\uD83D', '\uDE00', '⟦', 'U', '+', '0', 'D', '⟧', 'é'];
        for (var i = 0; i < 20_000; i++)
        {
            var raw = new string(random.GetItems(units, random.Next(14)));
            var visible = VisibleText.Of(raw);
            Assert.Equal(raw, VisibleText.Raw(visible));
            Assert.DoesNotContain('\0', visible);
            Assert.Equal(visible, Encoding.UTF8.GetString(new UTF8Encoding(false, true).GetBytes(visible)));
            Assert.Equal(visible, VisibleText.Storable(visible));
            Assert.Equal(Utf16Text.IsUtf8(Utf16Text.ToBytes(raw)), VisibleText.FitsPostgreSql(visible));
        }
    }
}
