using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Tests.PoolPairs;

public sealed class PlanOptionFieldsTests
{
    [Fact]
    public void Read_TextsOfAnyOptions_GivesThemBack()
    {
        var options = new PlanOptions { PrefixSeparator = "/", RootNameInPrefix = true, Creators = Creators.ManagersAndMembers, Topic = TopicRule.AppendToDescription, CutOff = new DateOnly(2013, 2, 28) };

        var read = PlanOptionFields.Read(PlanOptionFields.Of(options).ToDictionary(x => x.Name, x => x.Value));

        Assert.Equal(options, read.Value);
    }

    [Fact]
    public void Of_Defaults_AreAllDefault() => Assert.All(PlanOptionFields.Of(new PlanOptions()), x => Assert.True(x.IsDefault, x.Name));

    [Theory]
    [InlineData("Creators", "Everybody", "Who may create rooms")]
    [InlineData("PrefixSeparator", "", "Separator between the names")]
    [InlineData("PrefixSeparator", "a\tb", "Separator between the names")]
    [InlineData("RootNameInPrefix", "maybe", "Root category in names")]
    [InlineData("RootCategory", " ", "Category for rooms of the root")]
    [InlineData("CutOff", "31.12.2012", "Earliest day of messages")]
    public void Read_TextThatFitsNothing_IsRefusedByTitle(string name, string text, string named)
    {
        var texts = PlanOptionFields.Of(new PlanOptions()).ToDictionary(x => x.Name, x => x.Value);
        texts[name] = text;

        var read = PlanOptionFields.Read(texts);

        Assert.Equal("invalid-option", read.Refusal?.Code);
        Assert.Contains(named, read.Refusal!.Message, StringComparison.Ordinal);
    }
}
