using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Ui;

namespace MigrationPortal.Tests.Ui;

public sealed class UrlsTests
{
    [Fact]
    public void Comments_OfARun_KeepWhatItsListShows() =>
        Assert.Equal("/runs/7?pair=b&state=Failed&state=Done&search=a%26b#comments", Urls.RunComments(new("https://portal/runs/7?Pair=a&state=Failed&state=Done&search=a%26b"), 7, "b"));

    [Theory]
    [InlineData("?tab=rooms&sort=-name&about=batch&thread=3", "/batches/7?tab=rooms&sort=-name&about=room%3A12#comments")]
    [InlineData("?tab=plan&sort=-name&pair=b", "/batches/7?tab=rooms&about=room%3A12&pair=b#comments")]
    public void Comments_OfABatch_KeepWhatTheListOfTheirTabShows(string query, string leadsTo) =>
        Assert.Equal(leadsTo, Urls.BatchComments(new($"https://portal/batches/7{query}"), 7, "rooms", "room:12", "b"));
}
