using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared.Servers;
using Npgsql;

namespace MigrationPortal.Tests.Engine.Reading;

public sealed class SchemaProbeTests
{
    [Fact]
    public async Task Probe_DocumentedSchemas_NothingUnknownOrMissing()
    {
        await using var world = await ChatWorld.CreateAsync();
        foreach (var database in new[] { world.Legacy, world.New })
        {
            var report = ChatWorld.Done(await SchemaProbe.ProbeAsync(database, CancellationToken.None));
            Assert.DoesNotContain(report.Tables, x => x.State == ProbeState.Unknown || (x.IsRequired && x.State == ProbeState.Missing));
            Assert.DoesNotContain(report.Notes, x => x.Severity == Severity.Blocker);
        }
    }

    [Theory]
    [InlineData("drop table tblChat", "table-missing", "tblChat")]
    [InlineData("drop table tblNode cascade", "not-a-chat-database", "tblNode")]
    [InlineData("alter table tblNode drop column disabled", "column-missing", "tblNode.disabled")]
    [InlineData("update tblRoleType set rtypeDesc = 'Warden' where rtypeDesc = 'Member'", "value-unknown", "\"Warden\" (1)")]
    public async Task Probe_LegacyThatCannotBeRead_NamesTheThing(string damage, string code, string thing)
    {
        await using var world = await ChatWorld.CreateAsync();
        await world.LegacyDatabase.ExecuteAsync(damage);
        var refusal = (await SchemaProbe.ProbeAsync(world.Legacy, CancellationToken.None)).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.Contains(thing, refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(code, (await ChatPoolReader.ReadAsync(world.Legacy, null, CancellationToken.None)).Refusal?.Code);
    }

    [Theory]
    [InlineData("alter table tblNode add secret int not null default 1; alter table tblNode alter secret drop default", "UnknownColumn", Severity.Blocker)]
    [InlineData("alter table tblNode add secret int not null default 1", "UndocumentedColumn", Severity.Info)]
    [InlineData("alter table tblScopePrincipal rename to tblScopedPrincipal", "ScopedSpelling", Severity.Info)]
    [InlineData("insert into tblEnumValue values (9, 1, 'hidden')", "UnknownValue", Severity.Warning)]
    public async Task Probe_NewPoolWithSomethingUnknown_SaysWhatItMeans(string change, string code, Severity severity)
    {
        await using var world = await ChatWorld.CreateAsync();
        await world.NewDatabase.ExecuteAsync(change);
        var report = ChatWorld.Done(await SchemaProbe.ProbeAsync(world.New, CancellationToken.None));
        Assert.Contains(report.Notes, x => x.Code == code && x.Severity == severity);
    }

    [Fact]
    public async Task Probe_NewPoolLoginWithoutSomeRights_NamesEachAndNothingCanBeWritten()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var login = $"writer_{world.NewDatabase.Name}";
        await world.NewDatabase.ExecuteAsync($"""
            create role {login} login;
            grant select, insert, update, delete on all tables in schema public to {login};
            revoke delete on tblChat from {login};
            revoke update on tblPrincipalRole from {login}
            """);
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(world.NewDatabase.ConnectionString) { Username = login };
            var report = ChatWorld.Done(await SchemaProbe.ProbeAsync(world.New with { ConnectionString = settings.ConnectionString }, CancellationToken.None));
            var note = Assert.Single(report.Notes, x => x.Code == "RightMissing");
            Assert.Equal(Severity.Blocker, note.Severity);
            Assert.Contains("UPDATE on tblPrincipalRole, DELETE on tblChat.", note.Message, StringComparison.Ordinal);
        }
        finally
        {
            await world.NewDatabase.ExecuteAsync($"drop owned by {login}; drop role {login}");
        }
    }

    [Fact]
    public void Rights_TableThatNumbersItsRows_NeedsTheRightToAlterIt()
    {
        var database = new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.SqlServer, "Server=sql01;Database=mgc");
        var catalog = new ChatCatalog(database, [new("tblNode", "nodeID", false, false, IsIdentity: true), new("tblChat", "chatId", false, false, IsIdentity: false)]);
        var held = from table in new[] { "tblNode", "TBLCHAT" } from right in new[] { "SELECT", "INSERT", "UPDATE", "DELETE" } select new TableRight(table, right);
        Assert.Equal([new TableRight("tblNode", "ALTER")], new LoginRights(catalog, [.. held]).ListMissing(SqlDialect.For(SqlProvider.SqlServer).IdentityRight));
    }

    [Fact]
    public async Task Probe_LoginThatMayWriteLegacy_IsAWarning()
    {
        await using var world = await ChatWorld.CreateAsync();
        var report = ChatWorld.Done(await SchemaProbe.ProbeAsync(world.Legacy, CancellationToken.None));
        Assert.True(report.MayWrite);
        Assert.Contains(report.Notes, x => x is { Code: "MayWriteLegacy", Severity: Severity.Warning });
    }

    [Fact]
    public async Task Probe_ProductsExchanged_IsRefused()
    {
        await using var world = await ChatWorld.CreateAsync();
        var exchanged = world.New with { Product = ChatProduct.LyncGroupChat2010 };
        Assert.Equal("other-product", (await SchemaProbe.ProbeAsync(exchanged, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task Reading_Session_RefusesEveryWrite()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await using var session = ChatWorld.Done(await SqlDialect.For(SqlProvider.PostgreSql).OpenForReadingAsync(world.Legacy, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => session.Command("delete from tblChat"));
        // A function could hide a write in a SELECT; the server refuses that, too.
        var failure = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ChatSession.ScalarAsync<long>(session.Command("select nextval('pg_temp.x'), txid_current()"), CancellationToken.None));
        Assert.NotNull(failure.SqlState);
    }
}
