using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Typing;
using MudBlazor;

namespace MigrationPortal.Tests.Ui;

public sealed class PartsTests
{
    [Fact]
    public async Task Button_BeforeTheCircuit_WaitsAndDoesNothing()
    {
        await using var context = PartsContext.Create(isInteractive: false);
        var clicks = 0;
        var part = context.Render<ActionButton>(x => x.Add(p => p.OnClick, () => clicks++).AddChildContent("Scan"));

        Assert.Equal("true", part.Find("button").GetAttribute("aria-busy"));
        Assert.Equal("true", part.Find("button").GetAttribute("aria-disabled"));
        await part.InvokeAsync(() => part.Find("button").ClickAsync());
        Assert.Equal(0, clicks);
    }

    [Fact]
    public async Task Button_ThatSendsItsForm_DoesNotBeforeTheCircuit()
    {
        await using var before = PartsContext.Create(isInteractive: false);
        var waiting = before.Render<ActionButton>(x => x.Add(p => p.Submits, true).AddChildContent("Save")).Find("button");
        Assert.Equal(("button", "true"), (waiting.GetAttribute("type"), waiting.GetAttribute("aria-busy")));
    }

    [Fact]
    [Shows<SendingForm>(PartState.Filled)]
    public async Task Form_SentAgainBeforeItsAnswer_SendsOnceWhileTheButtonThatSendsWaits()
    {
        await using var context = PartsContext.Create();
        var answer = new TaskCompletionSource();
        var (sent, told) = (0, new List<bool>());
        var form = context.Render<SendingForm>(x => x
            .Add(p => p.OnSubmit, () => { sent++; return answer.Task; })
            .Add(p => p.OnSending, told.Add)
            .AddChildContent<ActionButton>(b => b.Add(p => p.Submits, true).AddChildContent("Save"))
            .AddChildContent<ActionButton>(b => b.Add(p => p.OnClick, () => { }).AddChildContent("Leave")));

        Task[] clicks = [form.InvokeAsync(() => form.Find("form").SubmitAsync()), form.InvokeAsync(() => form.Find("form").SubmitAsync())];
        Assert.Equal(["true", null], form.FindAll("button").Select(x => x.GetAttribute("aria-busy")));
        answer.SetResult();
        await Task.WhenAll(clicks);
        form.WaitForAssertion(() => Assert.All(form.FindAll("button"), x => Assert.False(x.HasAttribute("aria-busy"))));
        Assert.Equal((1, "True, False"), (sent, string.Join(", ", told)));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task Header_DrawnWithAnotherTitle_TellsTheBrowserEachTitleOnce()
    {
        await using var context = PartsContext.Create();
        var header = context.Render<PageHeader>(x => x.Add(p => p.Title, "Rooms"));
        header.Render(x => x.Add(p => p.Subtitle, "30 rooms"));
        header.Render(x => x.Add(p => p.Title, "People"));

        Assert.Equal(["Rooms · MigrationPortal", "People · MigrationPortal"], context.JSInterop.Invocations["portalTitle.show"].Select(x => x.Arguments.Single()));
    }

    [Fact]
    public async Task Button_WithAReason_SaysItStaysReachableAndDoesNothing()
    {
        await using var context = PartsContext.Create();
        var clicks = 0;
        var part = context.Render<ActionButton>(x => x.Add(p => p.OnClick, () => clicks++).Add(p => p.DisabledReason, "Only a planner can scan.").AddChildContent("Scan"));

        var button = part.Find("button");
        Assert.Equal("Only a planner can scan.", button.GetAttribute("title"));
        Assert.Equal("true", button.GetAttribute("aria-disabled"));
        Assert.False(button.HasAttribute("disabled"));
        await button.ClickAsync();
        Assert.Equal(0, clicks);
        part.Render(x => x.Add(p => p.DisabledReason, null));
        await part.InvokeAsync(() => part.Find("button").ClickAsync());
        Assert.Equal(1, clicks);
        Assert.False(part.Find("button").HasAttribute("aria-disabled"));
    }

    [Fact]
    public async Task Button_ThatOpensOrChoosesOrSends_SaysSo()
    {
        await using var context = PartsContext.Create();
        var opens = context.Render<ActionButton>(x => x.Add(p => p.Expanded, true).Add(p => p.Label, "Details of Desk").Add(p => p.OnClick, () => { }).AddChildContent("v")).Find("button");
        Assert.Equal(("true", "Details of Desk", "button"), (opens.GetAttribute("aria-expanded"), opens.GetAttribute("aria-label"), opens.GetAttribute("type")));
        Assert.False(opens.HasAttribute("aria-pressed"));
        var sends = context.Render<ActionButton>(x => x.Add(p => p.Submits, true).Add(p => p.Pressed, false).AddChildContent("Save")).Find("button");
        Assert.Equal(("submit", "false"), (sends.GetAttribute("type"), sends.GetAttribute("aria-pressed")));
    }

    [Fact]
    public async Task Fields_ThatMayNotBeChanged_AreReachable()
    {
        await using var context = PartsContext.Create();
        context.Render<MudPopoverProvider>();
        var text = context.Render<TextBox>(x => x.Add(p => p.ReadOnly, true).Add(p => p.Label, "Name").Add(p => p.Value, "Nights")).Find("input");
        var time = context.Render<TimeBox>(x => x.Add(p => p.ReadOnly, true).Add(p => p.Label, "From").Add(p => p.Value, new TimeOnly(22, 0))).Find("input");
        var day = context.Render<DayBox>(x => x.Add(p => p.ReadOnly, true).Add(p => p.Label, "Until").Add(p => p.Value, new DateOnly(2026, 12, 24))).Find("input");
        var choice = context.Render<Choice<string>>(x => x.Add(p => p.ReadOnly, true).Add(p => p.Label, "Effect").Add(p => p.Value, "a").Add(p => p.Options, ["a", "b"]).Add(p => p.Text, t => t));
        var box = context.Render<CheckBox>(x => x.Add(p => p.ReadOnly, true).Add(p => p.Value, true).AddChildContent("On")).Find("input");
        Assert.All([text, time, day, choice.Find("input"), box], x => Assert.False(x.HasAttribute("disabled")));
        Assert.All([text, time, day], x => Assert.True(x.HasAttribute("readonly")));
    }

    [Theory]
    [InlineData(0, 40, "1 – 40 of 40", "")]
    [InlineData(0, 60, "1 – 50 of 60", "Next")]
    [InlineData(50, 60, "51 – 60 of 60", "Previous")]
    [InlineData(100, 397, "101 – 150 of 397", "First Previous Next Last")]
    [InlineData(0, 100, "1 – 50 of 100", "Next")]
    [InlineData(50, 0, "0 – 0 of 0", "Previous")]
    [InlineData(int.MaxValue, 60, "60 – 60 of 60", "First Previous")]
    public async Task Pager_OnAPage_LeadsOnlyToPagesThatExist(int skip, long total, string range, string links)
    {
        await using var context = PartsContext.Create();
        var part = context.Render<Pager>(x => x.Add(p => p.Skip, skip).Add(p => p.Total, total).Add(p => p.UrlOf, s => $"?skip={s}"));

        Assert.Equal(range, part.Find(".num").TextContent);
        Assert.Equal(links, string.Join(' ', part.FindAll("a").Select(x => x.TextContent)));
        if (part.FindAll("a").LastOrDefault(x => x.TextContent == "Last") is { } last)
            Assert.Equal("?skip=350", last.GetAttribute("href"));
    }

    [Theory]
    [InlineData("Petra Malá", "PM")]
    [InlineData("ondrej.dvorak", "OD")]
    [InlineData("Anna-Lena Marie Novak", "AL")]
    [InlineData("", "")]
    public void Initials_OfAName_AreAtMostTwo(string name, string initials) => Assert.Equal(initials, Avatar.Of(name));

    [Fact]
    public async Task States_OfEveryKind_HaveAGlyphBesideTheWord()
    {
        await using var context = PartsContext.Create();
        foreach (var tone in Enum.GetValues<Tone>())
        {
            var part = context.Render<StateBadge>(x => x.Add(p => p.Kind, tone).Add(p => p.Word, "<b>"));
            Assert.NotEmpty(part.FindAll("svg *"));
            Assert.Equal("<b>", part.Find(".badge").TextContent.Trim());
        }
    }

    [Fact]
    public async Task Error_WithARetry_OffersIt()
    {
        await using var context = PartsContext.Create();
        var retries = 0;
        var part = context.Render<ErrorState>(x => x.Add(p => p.Sentence, "The database is not responding.").Add(p => p.OnRetry, EventCallback.Factory.Create(this, () => retries++)));
        Assert.Equal("alert", part.Find(".state").GetAttribute("role"));
        await part.InvokeAsync(() => part.Find("button").ClickAsync());
        Assert.Equal(1, retries);
    }
}
