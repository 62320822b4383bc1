using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Live;

namespace MigrationPortal.Tests.Live;

public sealed class LiveFeedTests
{
    [Fact]
    public async Task Announce_BySomebodyOfAnotherLanguage_CallsTheListenerInItsOwn()
    {
        var feed = new LiveFeed(TimeProvider.System, NullLogger<LiveFeed>.Instance);
        var heard = new TaskCompletionSource<string>();
        using var subscription = await SubscribeAsync(feed, () => heard.TrySetResult(CultureInfo.CurrentUICulture.Name));
        Assert.NotEqual("de", CultureInfo.CurrentUICulture.Name);
        feed.Announce("batch:1");
        Assert.Equal("de", await heard.Task);
    }

    // The culture set in here ends with the method.
    private static async Task<IDisposable> SubscribeAsync(LiveFeed feed, Action changed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        await Task.CompletedTask;
        return feed.Subscribe("batch:1", () =>
        {
            changed();
            return Task.CompletedTask;
        });
    }
}
