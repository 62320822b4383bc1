using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Ui;
using Npgsql;

namespace MigrationPortal.Tests.Runs.Viewing;

/// <summary>What a run's page says of the cause when the run is slow or stands still.</summary>
public sealed class RunTroubleTests
{
    private static RunPace Stalled => RunPace.None with { Now = 0, StalledSince = DateTimeOffset.UnixEpoch };

    private static RunView Running => new(1, 1, 1, "Wave 1", "contoso", RunState.Running, "operator", DateTimeOffset.UnixEpoch, null, "", [], null, null, null, 100, RunKind.Move, 1);

    [Fact]
    public async Task Stalled_WhileTheNewDatabaseCommits_NamesItAndItsLog()
    {
        await using var chat = await ChatWorld.CreateAsync();
        // A commit that takes as long as the test looks.
        await chat.NewDatabase.ExecuteAsync("""
            create table slow (id int);
            create function stay() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return null; end $$;
            create constraint trigger stay after insert on slow deferrable initially deferred for each row execute function stay();
            """);
        await using var session = await OpenAsPortalAsync(chat.NewDatabase);
        await using (var insert = new NpgsqlCommand("begin; insert into slow values (1)", session))
            await insert.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand("commit", session);
        var commit = command.ExecuteNonQueryAsync();

        var cause = await FindAsync(chat);
        Assert.Equal((true, true, null), (cause.IsNew, cause.Wait!.IsCommit, cause.Wait.Blocker));
        await ShowsAsync(chat, Stalled, "Nothing has been copied or verified", "new database", "has been committing for", "Check the disk of its transaction log.");
        await EndAsync(chat.NewDatabase, session, commit);
    }

    [Fact]
    public async Task Stalled_WhileTheLegacyDatabaseWorksOnAStatement_NamesItAndItsLoad()
    {
        await using var chat = await ChatWorld.CreateAsync();
        await using var session = await OpenAsPortalAsync(chat.LegacyDatabase);
        await using var command = new NpgsqlCommand("select pg_sleep(600)", session);
        var statement = command.ExecuteNonQueryAsync();

        var cause = await FindAsync(chat);
        Assert.Equal((false, false, null), (cause.IsNew, cause.Wait!.IsCommit, cause.Wait.Blocker));
        await ShowsAsync(chat, Stalled, "legacy database", "has been working on one statement for", "Check its load.");
        await EndAsync(chat.LegacyDatabase, session, statement);
    }

    [Theory]
    [InlineData(80.0, "The limit of this run is")]
    [InlineData(79.0, "Check the load of both databases")]
    public async Task Slow_AtTheLimitOfTheRun_SaysSo_AndBelowItDoesNot(double rate, string cause)
    {
        var slow = RunPace.None with { Now = rate, Rates = RunRates.None with { SlowSince = DateTimeOffset.UnixEpoch } };
        await ShowsAsync(new PoolPairCatalog(), slow, cause);
    }

    [Fact]
    public async Task Stalled_ForSomeMoreSeconds_ShowsThem_AndIsSaidAloudOnceAlone()
    {
        var time = new FakeTimeProvider();
        var pace = Stalled with { StalledSince = time.GetUtcNow().AddSeconds(-60) };
        await using var context = PartsContext.Create(time: time, add: x => x.AddSingleton(new StallCauses(new PoolPairCatalog(), time)));
        var shown = context.Render<MigrationPortal.Runs.Viewing.RunTrouble>(x => x.Add(p => p.Run, Running).Add(p => p.Pace, pace));
        var said = shown.Find("[role=status]").TextContent;
        Assert.Contains("60\u00a0s", said, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromSeconds(6));
        shown.Render(x => x.Add(p => p.Run, Running).Add(p => p.Pace, pace));

        Assert.Contains("66\u00a0s", shown.Find(".trouble").TextContent, StringComparison.Ordinal);
        Assert.Equal(said, shown.Find("[role=status]").TextContent);
    }

    private static async Task<NpgsqlConnection> OpenAsPortalAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "MigrationPortal", Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    // A quick statement is no cause: it is one after two seconds.
    private static async Task<StallCause> FindAsync(ChatWorld chat) =>
        (await Eventually.IsAsync(() => new StallCauses(CatalogOf(chat), TimeProvider.System).FindAsync("contoso"), x => x?.Wait is not null))!;

    private static PoolPairCatalog CatalogOf(ChatWorld chat)
    {
        var catalog = new PoolPairCatalog();
        catalog.Add(new PoolPairConnections(
            "contoso", "Contoso", new ChatDatabase(ChatProduct.LyncGroupChat2010, SqlProvider.PostgreSql, chat.LegacyDatabase.ConnectionString),
            new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.PostgreSql, chat.NewDatabase.ConnectionString)));
        return catalog;
    }

    private static Task ShowsAsync(ChatWorld chat, RunPace pace, params string[] parts) => ShowsAsync(CatalogOf(chat), pace, parts);

    private static async Task ShowsAsync(PoolPairCatalog catalog, RunPace pace, params string[] parts)
    {
        await using var context = PartsContext.Create(add: x => x.AddSingleton(new StallCauses(catalog, TimeProvider.System)));
        var shown = context.Render<MigrationPortal.Runs.Viewing.RunTrouble>(x => x.Add(p => p.Run, Running).Add(p => p.Pace, pace));
        shown.WaitForAssertion(() => Assert.All(parts, x => Assert.Contains(x, shown.Find(".trouble").TextContent, StringComparison.Ordinal)));
    }

    private static async Task EndAsync(TestDatabase database, NpgsqlConnection session, Task work)
    {
        Assert.True(await database.ScalarAsync<bool>($"select pg_terminate_backend({session.ProcessID})"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => work);
    }
}
