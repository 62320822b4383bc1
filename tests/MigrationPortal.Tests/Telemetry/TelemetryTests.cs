using System.Net;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Telemetry;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Npgsql;

namespace MigrationPortal.Tests.Telemetry;

/// <summary>What leaves the portal by metrics and traces, and what never does.</summary>
public sealed class TelemetryTests
{
    // Of ChatWorld: people, rooms, the batch, messages.
    private static readonly string[] Content = ["Ärmel", "ann@contoso", "bob@contoso", "General", "Desks", "First wave", "Grüße", "Olga"];

    [Fact]
    public async Task Metrics_NotConfigured_AreNotThere()
    {
        await using var portal = await PortalApp.StartAsync();
        using var viewer = portal.ClientFor("viewer");
        using var answer = await viewer.GetAsync(new Uri("metrics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_OfARun_CountItForReadersOnly_AndNameNobody()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Telemetry:Prometheus", "true"));
        await world.RanAsync(ChatWorld.General);

        using var stranger = world.Portal.AnonymousClient();
        using var refused = await stranger.GetAsync(new Uri("metrics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var viewer = world.Portal.ClientFor("viewer");
        string[] names = ["migrationportal_run_room_duration", "migrationportal_run_messages", "migrationportal_run_pages", "db_client_", "http_server_request_duration", "dotnet_"];
        var text = await Eventually.GetAsync<string>(
            async () => await viewer.GetStringAsync(new Uri("metrics", UriKind.Relative)), x => names.All(name => x.Contains(name, StringComparison.Ordinal)));
        Assert.Contains("migrationportal_pool_pair_id=\"contoso\"", text, StringComparison.Ordinal);
        Assert.All(Content, x => Assert.DoesNotContain(x, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Traces_OfARunAndASearch_HoldNoNameAndNoMessage()
    {
        using var collector = new TestCollector();
        await using var world = await RunWorld.CreateAsync(null, collector.Settings);
        await world.RanAsync(ChatWorld.General);
        using var viewer = world.Portal.ClientFor("viewer");
        foreach (var address in (string[])["api/v1/comments/%C3%84rmel", "api/v1/pool-pairs/Olga/rooms", "General", "api/v1/pool-pairs/contoso/principals?search=%C3%84rmel"])
            using (await viewer.GetAsync(new Uri(address, UriKind.Relative)))
            {
            }

        await Eventually.IsAsync(
            () => Task.FromResult(collector.Received),
            x => new[] { "run batch", "migrate room", "/api/v1/pool-pairs/{pair}/principals", "migrationportal.run.messages", "postgresql" }.All(y => x.Contains(y, StringComparison.Ordinal)));
        foreach (var content in (string[])[.. Content, "%C3%84rmel", "select ", "SELECT "])
            Assert.DoesNotContain(content, collector.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_OfAStatementThatFails_HoldItsCodeAndNotTheValueThatItQuotes()
    {
        using var collector = new TestCollector();
        await using var portal = await PortalApp.StartAsync(collector.Settings.ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal));
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var name = "Zoltan";

        var failure = await Assert.ThrowsAsync<PostgresException>(() => db.Database.SqlQuery<Guid>($"select cast({name} as uuid)").ToListAsync());

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        await Eventually.IsAsync(() => Task.FromResult(collector.Received), x => x.Contains("exception.stacktrace", StringComparison.Ordinal) && x.Contains(PostgresErrorCodes.InvalidTextRepresentation, StringComparison.Ordinal));
        Assert.DoesNotContain(name, collector.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_OnSqlServer_SaysHowLongItTookAndNotWhatItRead()
    {
        using var collector = new TestCollector();
        await using var portal = await PortalApp.StartAsync(collector.Settings.ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal));
        await using var server = new TdsServer((_, _) => TdsAnswer.Number(0, 1));
        await using var connection = new SqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand("select answer from Zoltan", connection);
        // Ends after the statement, so that whoever has it has the statement too.
        using (PortalTelemetry.Source.StartActivity("around the statement"))
            await command.ExecuteScalarAsync();

        await Eventually.IsAsync(() => Task.FromResult(collector.Received), x => x.Contains("db.client.operation.duration", StringComparison.Ordinal) && x.Contains("around the statement", StringComparison.Ordinal));
        Assert.DoesNotContain("Zoltan", collector.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EndpointThatIsNoAddress_IsRefusedByName()
    {
        var refused = await Record.ExceptionAsync(() => PortalApp.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector" }));
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT is 'collector'", refused?.Message, StringComparison.Ordinal);
    }
}
