using Bunit;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Rooms.Viewing;

public sealed class TranscriptThreadTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transcript_OfARoomInABatch_LeadsFromEachMessageToAThreadAboutIt(bool isInBatch)
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Anna);
        IReadOnlyList<TranscriptLine> lines = [new("41", Message(), Message()), new("42", Message(), null)];
        var page = context.Render<Transcript>(x => x
            .Add(p => p.Lines, lines)
            .Add(p => p.ReadPartAsync, (_, _, _) => Task.FromResult<MessagePart?>(null))
            .Add(p => p.ThreadUrlOf, chat => isInBatch ? world.Get<Links>().To("message-thread", $"12/5/{chat}", Pair) : null));

        Assert.Equal(
            isInBatch ? ["/batches/12?tab=review&about=message%3A5%3A41&pair=contoso#comments", "/batches/12?tab=review&about=message%3A5%3A42&pair=contoso#comments"] : [],
            page.FindAll(".thread a").Select(x => x.GetAttribute("href")!));
    }

    private static TranscriptMessage Message() => new(DateTimeOffset.UnixEpoch, "kim", IsAlert: false, "hello", null);
}
