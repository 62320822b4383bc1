using Bunit;
using Microsoft.AspNetCore.Components.Rendering;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Lists;

/// <summary>A list that its person reads again while a change by somebody else is being read, and the other way round.</summary>
public sealed class OverlappingReadsTests
{
    [Fact]
    public async Task Refresh_ThatEndsAfterALaterRead_KeepsTheRowsThatWereRead()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var list = context.At("/held").Render<HeldList>();
        await AnswerAsync(list, 0, "Desk", "Repo");
        portal.Get<LiveFeed>().Announce(HeldList.Topic);
        await AskedAsync(list, 2);

        var reading = list.InvokeAsync(list.Instance.ReadNowAsync);
        await AskedAsync(list, 3);
        await AnswerAsync(list, 2, "Repo");
        await reading;
        Assert.Equal("Repo", list.Markup);

        await AnswerAsync(list, 1, "Repo");
        await AskedAsync(list, 4);
        await AnswerAsync(list, 3, "Repo");
        await Eventually.TrueAsync(() => list.InvokeAsync(() => list.Instance.RefreshedCount == 1));
        Assert.Equal("Repo", list.Markup);
    }

    [Fact]
    public async Task Change_ToldWhileAReadIsUnderWay_IsReadAfterIt()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var list = context.At("/held").Render<HeldList>();
        await AnswerAsync(list, 0, "Desk");
        var reading = list.InvokeAsync(list.Instance.ReadNowAsync);
        await AskedAsync(list, 2);
        portal.Get<LiveFeed>().Announce(HeldList.Topic);
        await Eventually.TrueAsync(() => list.InvokeAsync(() => list.Instance.HeardCount == 1));
        Assert.Equal(2, list.Instance.Asked.Count);

        await AnswerAsync(list, 1, "Desk");
        await reading;
        await AskedAsync(list, 3);
        await AnswerAsync(list, 2, "Desk", "Repo");
        list.WaitForState(() => list.Markup == "Desk moved");
    }

    private static Task AskedAsync(IRenderedComponent<HeldList> list, int count) => Eventually.TrueAsync(() => list.InvokeAsync(() => list.Instance.Asked.Count == count));

    private static Task AnswerAsync(IRenderedComponent<HeldList> list, int asked, params string[] rows) =>
        list.InvokeAsync(() => list.Instance.Asked[asked].SetResult(new(rows.Length, rows)));

    private sealed record HeldAddress : ListAddress
    {
        protected override string Path => "/held";

        protected override IEnumerable<(string Name, string? Value)> Query => [];
    }

    // Its database answers when the test says so.
    private sealed class HeldList : ListPage<HeldAddress, string>
    {
        public const string Topic = "held:1";

        public List<TaskCompletionSource<Page<string>>> Asked { get; } = [];

        public int HeardCount { get; private set; }

        public int RefreshedCount { get; private set; }

        public Task ReadNowAsync() => ReadAsync();

        protected override bool Follows(string topic) => topic == Topic;

        protected override HeldAddress Read(Uri address) => new();

        protected override Task<string?> FindPairAsync() => Task.FromResult<string?>(null);

        protected override object KeyOf(string row) => row;

        protected override Task<Page<string>> ListAsync(HeldAddress address, string? pair, CancellationToken cancellationToken)
        {
            var asked = new TaskCompletionSource<Page<string>>();
            Asked.Add(asked);
            return asked.Task;
        }

        protected override async Task RefreshAsync()
        {
            HeardCount++;
            await base.RefreshAsync();
            RefreshedCount++;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, string.Join(' ', [.. Rows?.Items ?? [], .. HasMoved ? ["moved"] : Array.Empty<string>()]));
    }
}
