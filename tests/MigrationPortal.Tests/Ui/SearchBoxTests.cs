using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Tests.Ui;

public sealed class SearchBoxTests
{
    [Fact]
    public async Task Address_FollowsWhileMoreIsTyped_LeavesWhatWasTyped()
    {
        await using var context = PartsContext.Create();
        var box = Render(context, null);
        foreach (var text in new[] { "d", "de", "des" })
            await TypeAsync(box, text);

        Show(box, "de");
        Assert.Equal("des", Text(box));
        Show(box, "des");
        Assert.Equal("des", Text(box));
    }

    [Fact]
    public async Task Address_WithoutTheSpaceBeforeTheNextWord_LeavesTheSpace()
    {
        await using var context = PartsContext.Create();
        var box = Render(context, null);
        await TypeAsync(box, "help ");
        Show(box, "help");
        Assert.Equal("help ", Text(box));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("de", "de")]
    public async Task Address_ChangedFromElsewhereAfterTyping_IsTakenOver(string? address, string expected)
    {
        await using var context = PartsContext.Create();
        var box = Render(context, null);
        foreach (var text in new[] { "d", "de", "desk" })
            await TypeAsync(box, text);
        Show(box, "desk");

        Show(box, address);
        Assert.Equal(expected, Text(box));
    }

    private static IRenderedComponent<SearchBox> Render(BunitContext context, string? value) => context.Render<SearchBox>(x => x
        .Add(p => p.Value, value)
        .Add(p => p.Label, "Search")
        .Add(p => p.Placeholder, "Name")
        .Add(p => p.OnSearch, EventCallback.Factory.Create<string>(context, static () => { })));

    private static void Show(IRenderedComponent<SearchBox> box, string? value) => box.Render(x => x.Add(p => p.Value, value));

    private static Task TypeAsync(IRenderedComponent<SearchBox> box, string text) => box.InvokeAsync(() => box.Find("input").InputAsync(text));

    private static string? Text(IRenderedComponent<SearchBox> box) => box.Find("input").GetAttribute("value");
}
