using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Sql;

public sealed class DatabaseWaitsTests
{
    [Fact]
    public async Task Read_MoreThan25Days_AreAllItsSeconds()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await using var session = ChatWorld.Done(await SqlDialect.For(world.New.Provider).OpenForReadingAsync(world.New, CancellationToken.None));
        var waits = await ChatSession.ListAsync(
            session.Command("select 7, 3000000000, 0, 8, 'Backup', 'sa', 4000000000, 'tblChat'"), DatabaseWaits.Read, CancellationToken.None);
        Assert.Equal(new DatabaseWait(7, 3_000_000, false, new BlockingSession(8, "Backup", "sa", 4_000_000, "tblChat")), Assert.Single(waits));
    }
}
