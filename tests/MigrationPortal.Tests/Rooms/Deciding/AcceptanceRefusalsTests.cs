using Microsoft.EntityFrameworkCore;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Deciding;

public sealed class AcceptanceRefusalsTests
{
    [Fact]
    public async Task List_OfEveryRoom_AsksTheDatabaseNoMoreOftenThanOfOne_AndOnceForBothButtons()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var db = world.Portal.Database.OpenPortal();
        var rooms = await db.Set<Room>().OrderBy(x => x.Id).Select(x => new { x.Id, x.Guid }).ToListAsync();
        var caller = Caller.Of("olaf", "Olaf", [new Grant(Role.Approver, "contoso", "Trading / Desks")]);
        var databases = new CountedDatabases(world.Portal.Database);
        var refusals = new AcceptanceRefusals(databases, world.Portal.Get<IOwnWork>());

        await refusals.ListAsync("contoso", [rooms[0].Id], caller, CancellationToken.None);
        var once = databases.Queries.Count;
        var (confirm, reject) = await refusals.ListAsync("contoso", [.. rooms.Select(x => x.Id)], caller, CancellationToken.None);

        // Where the rooms are, and whether they are the caller's own work.
        Assert.Equal((2, 2), (once, databases.Queries.Count - once));
        foreach (var refused in new[] { confirm, reject })
        {
            Assert.Equal(ChatWorld.Deep, Assert.Single(rooms, x => !refused.ContainsKey(x.Id)).Guid.ToString());
            Assert.All(refused.Values, x => Assert.Equal("out-of-scope", x.Code));
        }
    }
}
