using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Api;
using MigrationPortal.Undo;

namespace MigrationPortal.Tests.Ui;

/// <summary>A list that is asked for its next page before the first one is there.</summary>
public sealed class NewestReadingTests
{
    [Fact]
    public async Task List_NextPageAskedForWhileTheFirstIsRead_ShowsTheNextThoughTheFirstIsReadLast()
    {
        await using var context = PartsContext.Create();
        var readings = new Dictionary<int, TaskCompletionSource<Page<UndoLine>>> { [0] = new(), [50] = new() };
        Func<Paging, Task<Page<UndoLine>>> read = paging => readings[paging.Skip].Task;
        var list = context.Render<UndoKept>(x => x.Add(p => p.Read, read).Add(p => p.FileUrl, "/export"));
        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/batches/1?tab=undo&kept-skip=50");
        list.Render(x => x.Add(p => p.Read, read).Add(p => p.FileUrl, "/export"));

        foreach (var (skip, subject) in new[] { (50, "Second"), (0, "First") })
            await list.InvokeAsync(() => readings[skip].SetResult(PageOf(subject)));
        // What follows from the last answer has been drawn.
        await list.InvokeAsync(() => { });

        Assert.Contains("Second", list.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("First", list.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    private static Page<UndoLine> PageOf(string subject) =>
        new(100, [new UndoLine { Kind = UndoLineKind.Kept, Number = 1, What = "Files", Subject = subject, Messages = 0, People = 0 }]);
}
