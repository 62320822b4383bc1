using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Rooms;
using MigrationPortal.Tests.Runs;

namespace MigrationPortal.Tests.Rooms.Viewing;

public sealed class TranscriptTests
{
    private const string Reason = "a complaint is looked into";

    [Fact]
    public async Task Transcript_MessageOf20Megabytes_ShowsItsBeginningAndReadsEachPartWithALineInTheAudit()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.Chat.LegacyDatabase.ExecuteAsync("update tblChat set content = repeat('x', 20 * 1024 * 1024) || 'end' where channelId = 10 and chatId = 1");
        await using var db = world.Portal.Database.OpenPortal();
        var room = await RoomQueries.Pairs(db).Where(x => x.LegacyNodeId == 10).Select(x => x.RoomId).FirstAsync();
        using var client = world.Portal.ClientFor("auditor");

        using var opened = await client.PostAsJsonAsync($"api/v1/rooms/{room}/transcript", new { reason = Reason, take = 3 });
        var text = await opened.Content.ReadAsStringAsync();
        Assert.InRange(text.Length, MessageReader.PreviewLength, 4 * MessageReader.PreviewLength);
        var message = JsonDocument.Parse(text).RootElement.GetProperty("items")[0].GetProperty("legacy");
        Assert.Equal((new string('x', MessageReader.PreviewLength), MessageReader.PreviewLength), (message.GetProperty("content").GetString(), message.GetProperty("rest").GetInt32()));

        var last = await PartAsync(client, room, (20 * 1024 * 1024) - 1);
        Assert.Equal(("xend", JsonValueKind.Null), (last.GetProperty("content").GetString(), last.GetProperty("rest").ValueKind));
        var middle = await PartAsync(client, room, MessageReader.PreviewLength);
        Assert.Equal((MessageReader.PartLength, MessageReader.PreviewLength + MessageReader.PartLength), (middle.GetProperty("content").GetString()!.Length, middle.GetProperty("rest").GetInt32()));
        Assert.Equal(3, await db.Set<AuditEntry>().CountAsync(x => x.Action == "TranscriptOpened"));
    }

    private static async Task<JsonElement> PartAsync(HttpClient client, long room, int from)
    {
        using var response = await client.PostAsJsonAsync($"api/v1/rooms/{room}/transcript/1", new { reason = Reason, isLegacy = true, from });
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
