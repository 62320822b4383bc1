using Bunit;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Ui;

/// <summary>What is marked of a text that differs: only the words that do.</summary>
public sealed class DifferingPartsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Trading - FX - EURUSD (old)", "Trading - FX - EURUSD", "Trading - FX - EURUSD [(old)]")]
    [InlineData("Trading - EUR/USD minor", "Trading - EURUSD minor", "Trading - [EUR/USD] minor")]
    [InlineData("Desk", "Desk old", "[Desk]")]
    [InlineData("Iberia and America", "Iberia, America", "Iberia [and] America")]
    [InlineData("Swaps", "Rates", "[Swaps]")]
    [InlineData("a a a", "a a", "a a [a]")]
    public void Between_ATextAndAnother_MarksWhatLiesBetweenWhatIsAlike(string value, string other, string marked) =>
        Assert.Equal(marked, Written(DifferingParts.Between(value, other)));

    [Theory]
    [InlineData("Trading - FX - Spot - EURUSD (old)", "Trading - FX - Spot - EURUSD [(old)]")]
    [InlineData("Trading - FX - Spot - EURUSD", "Trading - FX - Spot - EURUSD")]
    [InlineData("Handel - EURUSD", "[Handel] - EURUSD")]
    public void Beyond_KnownTexts_MarksOnlyOtherWords(string value, string marked) =>
        Assert.Equal(marked, Written(DifferingParts.Beyond(value, ["Trading/FX/Spot", "EURUSD", null])));

    [Fact]
    public void Parts_OfAnyTwoTexts_AreTheTextAgain()
    {
        var random = new Random(TestSeed.Draw(output));
        string[] pieces = ["a", "bc", " ", "-", "é", "👩‍💻", "("];
        for (var i = 0; i < 2000; i++)
        {
            var (value, other) = (Text(), Text());
            Assert.Equal(value, string.Concat(DifferingParts.Between(value, other).Select(x => x.Text)));
            Assert.Equal(value, string.Concat(DifferingParts.Beyond(value, [other]).Select(x => x.Text)));
            Assert.Contains(DifferingParts.Between(value, other), x => x.Differs);
        }

        string Text() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    [Fact]
    public void Mark_OfATextWithWhatItShouldBe_MarksTheWordsThatDiffer()
    {
        using var context = PartsContext.Create();
        var mark = context.Render<Mark>(x => x.Add(y => y.Value, "EURUSD (old)").Add(y => y.Other, "EURUSD").Add(y => y.Differs, true));
        Assert.Equal("(old)", mark.Find("mark").TextContent.Trim());
        Assert.Equal("EURUSD (old)", mark.Find("bdi").TextContent);
    }

    [Fact]
    public void Tail_OfANewName_MarksWhatTheLegacyNameAndCategoryDoNotHave()
    {
        using var context = PartsContext.Create();
        var tail = context.Render<TailText>(x => x.Add(y => y.Value, "Trading - FX - EURUSD (old)").Add(y => y.Known, ["Trading/FX", "EURUSD"]).Add(y => y.Differs, true));
        Assert.Equal("(old)", Assert.Single(tail.FindAll("mark")).TextContent);
        // Shorter than planned: every part is marked.
        var shorter = context.Render<TailText>(x => x.Add(y => y.Value, "Trading - EURUSD").Add(y => y.Known, ["Trading/FX", "EURUSD"]).Add(y => y.Differs, true));
        Assert.Equal(2, shorter.FindAll("mark").Count);
    }

    private static string Written(IEnumerable<DifferingPart> parts) => string.Concat(parts.Select(x => x.Differs ? $"[{x.Text}]" : x.Text));
}
