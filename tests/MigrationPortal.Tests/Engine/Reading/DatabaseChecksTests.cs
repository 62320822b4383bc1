using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared.Servers;
using Npgsql;

namespace MigrationPortal.Tests.Engine.Reading;

/// <summary>A connection is tried right by right, and what is missing comes with the statement that grants it.</summary>
public sealed class DatabaseChecksTests
{
    [Fact]
    public async Task Check_LoginThatMayEverything_FindsOnlyThatLegacyCanBeWritten()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var legacy = ChatWorld.Done(await DatabaseChecks.CheckAsync(world.Legacy, CancellationToken.None));
        Assert.Null(legacy.Unfit);
        Assert.Equal(6, legacy.Rooms);
        Assert.NotEmpty(legacy.Writable);
        Assert.StartsWith("CREATE ROLE migrationportal_reader LOGIN", legacy.CreateReader, StringComparison.Ordinal);
        var target = ChatWorld.Done(await DatabaseChecks.CheckAsync(world.New, CancellationToken.None));
        Assert.Empty(target.MissingReads);
        Assert.Empty(target.MissingWrites);
        Assert.Equal(1, target.Rooms);
        Assert.Null(target.GrantWaits);
    }

    [Fact]
    public async Task Check_LoginWithoutSomeRights_HasStatementsThatGrantExactlyThese()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var login = $"checked_{world.NewDatabase.Name}";
        await world.NewDatabase.ExecuteAsync($"""
            create role {login} login;
            grant select, insert, update, delete on all tables in schema public to {login};
            revoke select on tblChat from {login};
            revoke insert, delete on tblNode from {login}
            """);
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(world.NewDatabase.ConnectionString) { Username = login };
            var database = world.New with { ConnectionString = settings.ConnectionString };
            var check = ChatWorld.Done(await DatabaseChecks.CheckAsync(database, CancellationToken.None));
            Assert.Equal(["tblChat"], check.MissingReads);
            Assert.Null(check.Probe);
            Assert.Equal([new TableRight("tblNode", "INSERT"), new TableRight("tblNode", "DELETE")], check.MissingWrites);
            Assert.Equal($"GRANT SELECT ON tblChat TO \"{login}\";", check.GrantReads);
            Assert.Equal($"GRANT pg_read_all_stats TO \"{login}\";", check.GrantWaits);

            await world.NewDatabase.ExecuteAsync($"{check.GrantReads} {check.GrantWrites} {check.GrantWaits}");
            var again = ChatWorld.Done(await DatabaseChecks.CheckAsync(database, CancellationToken.None));
            Assert.NotNull(again.Probe);
            Assert.Equal((0, 0, (string?)null), (again.MissingReads.Count, again.MissingWrites.Count, again.GrantWaits));
        }
        finally
        {
            await world.NewDatabase.ExecuteAsync($"drop owned by {login}; drop role {login}");
        }
    }

    [Fact]
    public async Task Check_DatabaseOfAnotherProduct_SaysSoAndWhoSignedIn()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var check = ChatWorld.Done(await DatabaseChecks.CheckAsync(world.New with { Product = ChatProduct.LyncGroupChat2010 }, CancellationToken.None));
        Assert.Equal("other-product", check.Unfit?.Code);
        Assert.StartsWith("PostgreSQL ", check.Login.Server, StringComparison.Ordinal);
    }

    [Fact]
    public void Grant_OnSqlServer_NamesEachTableAndQuotesTheLogin() => Assert.Equal(
        "GRANT INSERT, DELETE ON tblNode TO [CONTOSO\\svc-portal$];\nGRANT INSERT, DELETE ON tblPrincipal TO [CONTOSO\\svc-portal$];\nGRANT SELECT ON tblChat TO [CONTOSO\\svc-portal$];",
        new SqlServerLogins().Grant("CONTOSO\\svc-portal$", [new("tblNode", "INSERT"), new("tblNode", "DELETE"), new("tblPrincipal", "INSERT"), new("tblPrincipal", "DELETE"), new("tblChat", "SELECT")]));
}
