using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Npgsql;

namespace MigrationPortal.Tests.Engine.Sql;

/// <summary>Each way in which a database cannot be had, by making it happen.</summary>
public sealed class ExplanationTests
{
    [Theory]
    [InlineData("Host", "connection-string")]
    [InlineData("", "connection-string")]
    [InlineData("Host=h;Colour=red", "connection-string")]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Database=mgc;Password=geheim", "server-unreachable")]
    [InlineData("Host=no-such-host.invalid;Username=u;Database=mgc;Password=geheim", "server-unknown")]
    public async Task Open_WrongPlace_IsOneSentenceWithoutThePassword(string connectionString, string code)
    {
        var refusal = await RefusalAsync(connectionString);
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("geheim", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task Open_MissingDatabaseOrLogin_NamesIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "nowhere" };
        var missing = await RefusalAsync(settings.ConnectionString);
        Assert.Equal("no-database", missing.Code);
        Assert.Contains("“nowhere”", missing.Message, StringComparison.Ordinal);
        settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "nobody_here" };
        var refused = await RefusalAsync(settings.ConnectionString);
        Assert.Equal("login-refused", refused.Code);
        Assert.Contains("“nobody_here”", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WithoutRights_NamesTheLogin()
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        var login = $"reader_{world.LegacyDatabase.Name}";
        await world.LegacyDatabase.ExecuteAsync($"create role {login} login; grant select on tblNode to {login}");
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(world.LegacyDatabase.ConnectionString) { Username = login };
            var refusal = await RefusalAsync(settings.ConnectionString);
            Assert.Equal("no-rights", refusal.Code);
            Assert.Contains(login, refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            await world.LegacyDatabase.ExecuteAsync($"drop owned by {login}; drop role {login}");
        }
    }

    [Theory]
    [InlineData("53100", "disk-full", false)]
    [InlineData("57P01", "server-going", true)]
    [InlineData("55P03", "locked", true)]
    [InlineData("57014", "timeout", true)]
    [InlineData("42703", "schema-changed", false)]
    [InlineData("08P01", "row-refused", false)]
    [InlineData("08006", "server-failed", true)]
    [InlineData("XX000", "database-error", false)]
    public void Explain_State_HasItsCodeAndSaysWhetherItPasses(string state, string code, bool isTransient)
    {
        var dialect = SqlDialect.For(SqlProvider.PostgreSql);
        var failure = new PostgresException("words of the server", "ERROR", "ERROR", state);
        var refusal = dialect.Explain(failure, new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.PostgreSql, "Host=sql01;Database=mgc;Username=u"));
        Assert.Equal(code, refusal.Code);
        Assert.Contains("sql01", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, dialect.IsTransient(failure));
        Assert.Equal(isTransient, refusal.Kind == RefusalKind.Unavailable);
    }

    private static async Task<Refusal> RefusalAsync(string connectionString)
    {
        var database = new ChatDatabase(ChatProduct.LyncGroupChat2010, SqlProvider.PostgreSql, connectionString);
        return (await ChatPoolReader.ReadAsync(database, null, CancellationToken.None)).Refusal ?? throw new InvalidOperationException("It opened.");
    }
}
