using Microsoft.JSInterop;
using MigrationPortal.Ui;

namespace MigrationPortal.Tests.Ui;

public sealed class BrowserCallsTests
{
    [Fact]
    public async Task Ask_OfABrowserThatIsGoneOrOfAPageThatIs_HasNoAnswerAndNoError()
    {
        Assert.Null(await new Browser(new JSDisconnectedException("gone")).AskAsync<string>("function", CancellationToken.None));
        Assert.Null(await new Browser(new TaskCanceledException()).AskAsync<string>("function", new CancellationToken(canceled: true)));
        await new Browser(new JSDisconnectedException("gone")).TellAsync("function", CancellationToken.None);
    }

    [Fact]
    public async Task Ask_OfAFunctionThatFails_Fails() =>
        await Assert.ThrowsAsync<JSException>(async () => await new Browser(new JSException("no such function")).AskAsync<string>("function", CancellationToken.None));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ask_WithoutATokenThatEnds_LeavesTheBrowserItsMinute(bool canEnd)
    {
        using var source = new CancellationTokenSource();
        var browser = new Browser(new JSDisconnectedException("gone"));

        await browser.TellAsync("function", canEnd ? source.Token : CancellationToken.None, 1);

        Assert.Equal(!canEnd, browser.HasItsMinute);
    }

    private sealed class Browser(Exception failure) : IJSRuntime
    {
        public bool? HasItsMinute { get; private set; }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => Fail<TValue>(hasItsMinute: true);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => Fail<TValue>(hasItsMinute: false);

        private ValueTask<TValue> Fail<TValue>(bool hasItsMinute)
        {
            HasItsMinute = hasItsMinute;
            return ValueTask.FromException<TValue>(failure);
        }
    }
}
