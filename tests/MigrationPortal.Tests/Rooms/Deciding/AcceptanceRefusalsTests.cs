using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Deciding;

public sealed class AcceptanceRefusalsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_OfEveryRoom_AsksTheDatabaseNoMoreOftenThanOfOne(bool isConfirmed)
    {
        await using var world = await RunWorld.CreateAsync();
        await using var db = world.Portal.Database.OpenPortal();
        var rooms = await db.Set<Room>().OrderBy(x => x.Id).Select(x => new { x.Id, x.Guid }).ToListAsync();
        var caller = Caller.Of("olaf", "Olaf", [new Grant(Role.Approver, "contoso", "Trading / Desks")]);
        var databases = new CountedDatabases(world.Portal.Database);
        var refusals = new AcceptanceRefusals(databases, world.Portal.Get<IOwnWork>());

        await refusals.ListAsync("contoso", [rooms[0].Id], isConfirmed, caller, CancellationToken.None);
        var once = databases.Queries;
        var refused = await refusals.ListAsync("contoso", [.. rooms.Select(x => x.Id)], isConfirmed, caller, CancellationToken.None);

        Assert.Equal((isConfirmed ? 2 : 1, once), (once, databases.Queries - once));
        Assert.Equal(ChatWorld.Deep, Assert.Single(rooms, x => !refused.ContainsKey(x.Id)).Guid.ToString());
        Assert.All(refused.Values, x => Assert.Equal("out-of-scope", x.Code));
    }

    private sealed class CountedDatabases(TestDatabase database) : DbCommandInterceptor, IDbContextFactory<PortalDbContext>
    {
        public int Queries { get; private set; }

        public PortalDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<PortalDbContext>();
            PortalDatabase.Configure(options, database.ConnectionString).AddInterceptors(this);
            return new(options.Options);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Queries++;
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
