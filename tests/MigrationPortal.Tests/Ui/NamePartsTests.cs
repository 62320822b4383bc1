using System.Globalization;
using Bunit;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Values;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Ui;

/// <summary>Where a long name is cut, so that two that differ at their end do not look alike.</summary>
public sealed class NamePartsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Desk", null)]
    [InlineData("Equities program desk 24", null)]
    [InlineData("Second migration wave, Frankfurt and London 2012", "London 2012")]
    [InlineData("FX_Spot_Desk_Trading_EMEA_2012", "EMEA_2012")]
    [InlineData("Second migration wave of the trading floors 2", "floors 2")]
    [InlineData("sip:chiara.rossi-bianchi@contoso.com", null)]
    [InlineData("Chiara Rossi, sip:chiara.rossi@contoso.com", "ntoso.com")]
    public void Of_AName_KeepsItsEndFromABlankOn(string name, string? tail)
    {
        Assert.Equal(tail, NameParts.Of(name)?.Tail);
        Assert.Equal(tail is null ? null : name, NameParts.Of(name) is { } parts ? parts.Head + parts.Tail : null);
    }

    [Fact]
    public void Of_NamesOfAllKinds_LosesNothingAndCutsNoCharacter()
    {
        var random = new Random(TestSeed.Draw(output));
        string[] pieces = ["a", "Ü", "e\u0301", "👩‍💻", "🇩🇪", " ", "_", "שלום", "交易", "-", "\t"];
        for (var i = 0; i < 2000; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (NameParts.Of(name) is not { } parts)
                continue;
            Assert.Equal(name, parts.Head + parts.Tail);
            Assert.InRange(new StringInfo(parts.Tail).LengthInTextElements, 5, 14);
            Assert.Contains(parts.Head.Length, StringInfo.ParseCombiningCharacters(name));
        }
    }

    [Theory]
    [InlineData("Second migration wave, Frankfurt and London 2012")]
    [InlineData("FX_Spot_Desk_Trading_EMEA_2012_with_the_archive")]
    public void Name_ThatIsLong_IsReadOnceAndWholeInItsTitle(string name)
    {
        using var context = PartsContext.Create();
        var text = context.Render<NameText>(x => x.Add(y => y.Value, name));
        var bdi = text.Find("bdi.mid");
        Assert.Contains(name, bdi.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal(name, string.Concat(bdi.Children.Where(x => x.GetAttribute("aria-hidden") is null).Select(x => x.TextContent)));
        Assert.Equal(name, string.Concat(bdi.QuerySelectorAll("i").Select(x => x.TextContent)));
    }

    [Theory]
    [InlineData(null, "(no name)")]
    [InlineData("", "(no name)")]
    [InlineData(" ", "[U+0020]")]
    [InlineData("\u200B", "[U+200B]")]
    public void Name_ThatNobodyCanSee_IsShownAllTheSame(string? name, string shown)
    {
        using var context = PartsContext.Create();
        Assert.Equal(shown, context.Render<NameText>(x => x.Add(y => y.Value, name)).Find("bdi").TextContent);
        Assert.Equal(shown, context.Render<TailText>(x => x.Add(y => y.Value, name)).Find("span").TextContent.Trim());
    }

    [Fact]
    public void Name_ThatIsShortOrHasAllTheRoom_IsNotCut()
    {
        using var context = PartsContext.Create();
        Assert.Empty(context.Render<NameText>(x => x.Add(y => y.Value, "Desk")).FindAll("i"));
        Assert.Empty(context.Render<NameText>(x => x.Add(y => y.Value, new string('x', 80)).Add(y => y.Whole, true)).FindAll("i"));
    }
}
