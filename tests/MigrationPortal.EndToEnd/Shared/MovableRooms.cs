using System.Globalization;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>Rooms that only the legacy pool has, as many as journeys need: the sample has eight, and one that was migrated is used up.</summary>
internal static class MovableRooms
{
    /// <summary>The name of a room that nothing blocks and that is in no batch: one that a journey gave back, or a new copy of a room of the sample.</summary>
    public static async Task<string> MovableRoomAsync(this RunningPortal portal) => portal.FreeRooms.TryPop(out var free) ? free : await portal.MakeRoomAsync();

    /// <summary>The name of a room that nobody can move as it is: the legacy pool does not know who wrote its messages. No other journey gets it.</summary>
    public static Task<string> BlockedRoomAsync(this RunningPortal portal) => portal.MakeRoomAsync("update tblchat set userid = 4711 where channelid = (select nodeid from made)");

    private static async Task<string> MakeRoomAsync(this RunningPortal portal, string change = "")
    {
        // Of one length, so that none is found by the name of another.
        var name = $"Desk {(++portal.MadeRooms).ToString("D3", CultureInfo.InvariantCulture)}";
        await portal.SqlAsync("sample_tiny_legacy", $"""
            create temp table model as select nodeid from tblnode where nodename = 'Helpdesk Incidents';
            create temp table made as select n.* from tblnode n join model using (nodeid);
            update made set nodeid = (select max(nodeid) + 1 from tblnode), nodeguid = gen_random_uuid(), nodename = '{name}';
            insert into tblnode select * from made;
            insert into tblprincipalrole select made.nodeid, r.prinroleprinid, r.prinroletypeid, r.prinroleupdatedby, r.honorsoverride, r.honorsscope
                from made, model join tblprincipalrole r on r.prinrolenodeid = model.nodeid;
            insert into tbllastchatid select made.nodeid, l.lastchatid from made, model join tbllastchatid l using (nodeid);
            insert into tblchat select made.nodeid, c.chatid, c.chatdate, c.userid, c.isalert, c.content from made, model join tblchat c on c.channelid = model.nodeid;
            {change}
            """);
        await portal.ScanAsync();
        return name;
    }

    /// <summary>Scans both pools to the end: while a scan runs, no other can be asked for.</summary>
    public static async Task ScanAsync(this RunningPortal portal)
    {
        using var planner = portal.Api("planner");
        await portal.PostAsync(planner, "/api/v1/pool-pairs/tiny/scans", "{}");
        await Eventually.TrueAsync(async () => (await portal.GetAsync(planner, "/api/v1/pool-pairs/tiny/scans/latest")).GetProperty("state").GetString() == "Completed");
    }
}
