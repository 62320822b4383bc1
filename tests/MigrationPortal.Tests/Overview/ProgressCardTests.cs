using Bunit;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Overview;
using MigrationPortal.Tests.Ui;

namespace MigrationPortal.Tests.Overview;

/// <summary>What the chart says about the cutover: a line, and how early or late everything will be verified.</summary>
public sealed class ProgressCardTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    [Theory]
    // 10 rooms a day in one week and 20 in the other, 100 left: done in 5 to 10 days.
    [InlineData(20, "10 to 15 days before the cutover", false)]
    [InlineData(7, "2 days before the cutover at the earliest, and 3 days after it at the latest", true)]
    [InlineData(2, "3 to 8 days after the cutover", true)]
    [InlineData(10, "0 to 5 days before the cutover", false)]
    [InlineData(-1, "The cutover was planned for 26 Nov 2026", true)]
    public void Card_WithAPlannedCutover_SaysHowEarlyOrLate(int inDays, string words, bool isLate)
    {
        using var context = Create();
        var card = Render(context, Today.AddDays(inDays), 310);
        var sentence = card.Find("p.sub b");
        Assert.Contains(words, sentence.TextContent, StringComparison.Ordinal);
        Assert.Equal(isLate, sentence.ClassList.Contains("late"));
        Assert.Contains(words, card.Find("figure").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Single(card.FindAll("line.cutover"));
    }

    [Fact]
    public void Card_WithoutOneOrWithEverythingVerified_SaysNothingOfIt()
    {
        using var context = Create();
        Assert.Empty(Render(context, null, 310).FindAll("line.cutover, p.sub b"));
        Assert.Empty(Render(context, Today.AddDays(3), 210).FindAll("p.sub b"));
    }

    [Fact]
    public void Card_WithUnplannedRooms_NamesTheRiskAndLeadsToThem()
    {
        using var context = Create();
        var card = Render(context, Today.AddDays(20), 310, unplanned: 31397);
        Assert.Contains("rooms are in no batch yet", card.Find("p.sub").TextContent, StringComparison.Ordinal);
        Assert.Matches(@"2026\. That is .* cutover\. 31.397 rooms", card.Find("p.sub").TextContent);
        Assert.Equal("/rooms?pair=contoso&place=Unplanned", card.Find("p.sub a").GetAttribute("href"));
    }

    [Fact]
    public void Card_OfLessThanTenADay_SaysThePaceWithAFraction()
    {
        using var context = Create();
        var card = context.Render<ProgressCard>(x => x.Add(y => y.Days, [new(Today.AddDays(-9), 1, 30), new(Today.AddDays(-5), 1, 30), new(Today, 1, 30)])
            .Add(y => y.Rooms, 10).Add(y => y.Messages, 300));
        Assert.Contains("At 0.1 to 0.3 rooms per day", card.Find("p.sub").TextContent, StringComparison.Ordinal);
    }

    private static BunitContext Create() => PartsContext.Create(time: new FakeTimeProvider(new DateTimeOffset(Today, new TimeOnly(12, 0), TimeSpan.Zero)));

    private static IRenderedComponent<ProgressCard> Render(BunitContext context, DateOnly? cutOver, long total, long unplanned = 0) =>
        context.Render<ProgressCard>(x => x.Add(y => y.Days, [.. Enumerable.Range(0, 14).Select(i => new ProgressDay(Today.AddDays(i - 13), i < 7 ? 10 : 20, 1))])
            .Add(y => y.Rooms, total).Add(y => y.Messages, 14).Add(y => y.Unplanned, unplanned).Add(y => y.Pair, "contoso")
            .Add(y => y.CutOver, cutOver is { } day ? new DateTimeOffset(day, new TimeOnly(22, 0), TimeSpan.Zero) : null));
}
