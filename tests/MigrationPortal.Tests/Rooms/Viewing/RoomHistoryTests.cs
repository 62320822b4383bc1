using MigrationPortal.Api;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Rooms.Viewing;

public sealed class RoomHistoryTests
{
    [Fact]
    public async Task List_MoreThanAPage_CountsAllAndShowsEachOnceInOrder()
    {
        await using var world = await BatchWorld.StartAsync();
        var batch = await world.CreateAsync(BatchWorld.Petra, "Wave", "Desk");
        var room = await world.RoomAsync("Desk");
        await world.Database.ExecuteAsync($"""
            insert into portal.batch_events (batch_id, at, by, kind, detail) select {batch}, timestamptz '2020-01-01Z' + i * interval '1 minute', 'petra', 'Renamed', to_jsonb(i::text) from generate_series(1, 1200) i;
            update portal.rooms set left_out_at = timestamptz '2020-01-01Z' + interval '610 minutes', left_out_by = 'petra', left_out_reason = 'decided' where id = {room}
            """);
        var view = (await world.Get<RoomQueries>().FindAsync(room, CancellationToken.None))!;

        var all = new List<RoomEvent>();
        Page<RoomEvent> page;
        do
        {
            page = await world.Get<RoomHistory>().ListAsync(view, Paging.Of(all.Count, 200), CancellationToken.None);
            all.AddRange(page.Items);
        }
        while (page.Items.Count > 0);

        Assert.Equal(page.Total, all.Count);
        Assert.InRange(all.Count, 1202, 1300);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(all.OrderByDescending(x => x.At).Select(x => x.At), all.Select(x => x.At));
        Assert.Equal("610", all[all.FindIndex(x => x.Kind == "LeftOut") - 1].Detail);
    }
}
