using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Engine;
using MigrationPortal.Tests.Ui;

namespace MigrationPortal.Tests.Comments;

public sealed class CommentEditorTests
{
    [Fact]
    public async Task Send_MoreIsTypedBeforeTheAnswerComes_StaysOpenWithIt()
    {
        await using var context = PartsContext.Create();
        var sent = new TaskCompletionSource<CommentDraft>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isClosed = false;
        Func<CommentDraft, Task<Refusal?>> send = draft =>
        {
            sent.SetResult(draft);
            return answer.Task;
        };
        var editor = context.Render<CommentEditor>(x => x
            .Add(p => p.Id, "reply")
            .Add(p => p.Place, "thread/1")
            .Add(p => p.MentionPlace, "batch:1")
            .Add(p => p.Action, "Reply")
            .Add(p => p.OnSend, send)
            .Add(p => p.OnClose, EventCallback.Factory.Create(context, () => { isClosed = true; })));
        await editor.InvokeAsync(() => editor.Find("textarea").InputAsync("Who agreed?"));
        var sending = editor.InvokeAsync(() => editor.Find(".send").ClickAsync(new()));
        Assert.Equal("Who agreed?", (await sent.Task).Text);

        await editor.InvokeAsync(() => editor.Find("textarea").InputAsync("Who agreed? And when?"));
        answer.SetResult(null);
        await sending;

        Assert.Equal("Who agreed? And when?", editor.Find("textarea").GetAttribute("value"));
        Assert.False(isClosed);
    }
}
