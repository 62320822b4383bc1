using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Telemetry;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn;

namespace MigrationPortal.Tests.Telemetry;

public sealed class LogTests
{
    [Fact]
    public void Line_OfAnExceptionWithItsStack_IsOne()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var thrown = Record.Exception(() => int.Parse("x\ny", CultureInfo.InvariantCulture));
        var entry = new LogEntry<string>(LogLevel.Warning, "MigrationPortal.Runs", default, "two\nlines", thrown, (state, _) => state);
        new LineFormatter(new FakeTimeProvider(new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero))).Write(entry, null, text);

        Assert.StartsWith("2026-11-27T08:00:00.000Z warn MigrationPortal.Runs: two | lines System.FormatException", text.ToString(), StringComparison.Ordinal);
        Assert.Single(text.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Reading_EverythingThatCanBeRead_LogsNoWarningOfTheDatabase()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var kept = new KeptLines();
        portal.Get<ILoggerFactory>().AddProvider(kept);
        using var viewer = portal.ClientFor("viewer");
        var room = await portal.Database.ScalarAsync<long>("select min(id) from portal.rooms");
        foreach (var request in AccessMatrix.Read.Where(x => x.StartsWith("GET ", StringComparison.Ordinal) && !x.Contains("**", StringComparison.Ordinal)))
        {
            var path = System.Text.RegularExpressions.Regex.Replace(
                request[5..].Replace("{pair}", "contoso", StringComparison.Ordinal).Replace("{guid:guid}", $"{Guid.Empty}", StringComparison.Ordinal),
                "{[^}]*}", $"{room}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            using var answer = await viewer.GetAsync(new Uri(path, UriKind.Relative));
        }

        Assert.DoesNotContain(kept.Lines, x => x.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_ARunADeltaAndAnUndo_LogNoWarningOfTheDatabase()
    {
        await using var world = await RunWorld.CreateAsync();
        using var kept = new KeptLines();
        world.Portal.Get<ILoggerFactory>().AddProvider(kept);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep, ChatWorld.Hall);
        await world.Chat.LegacyDatabase.ExecuteAsync("""
            insert into tblChat select 10, i, 636000000000000000 + i, 2 + i % 2, false, 'later ' || i from generate_series(301, 310) i;
            update tblLastChatId set lastChatID = 310 where nodeID = 10
            """);
        var delta = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString();
        await world.EndsAsync($"select state from portal.runs where id = {delta}", "Completed");
        await approver.ApproveUndoAsync(batch, await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" }));
        await op.PostAsync($"batches/{batch}/undo");
        await world.EndsAsync($"select state from portal.batches where id = {batch}", "Undone");

        Assert.DoesNotContain(kept.Lines, x => x.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusal_ByAnIndexThatGuardsARule_IsNoErrorOfTheDatabase()
    {
        await using var world = await RunWorld.CreateAsync();
        using var kept = new KeptLines();
        world.Portal.Get<ILoggerFactory>().AddProvider(kept);
        await world.Portal.Database.ExecuteAsync("insert into portal.scans (pool_pair_id, requested_by, requested_at, state, phase, phase_done, phase_total) values ('contoso', 'pia', now(), 'Queued', '', 0, 0)");

        using var planner = new ApiTalk(world.Portal.Address, "planner");
        Assert.Equal("scan-running", await planner.TryPostAsync("pool-pairs/contoso/scans"));

        Assert.DoesNotContain(kept.Lines, x => x.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusal_OfTheApi_BearsTheNameOfItsRequest()
    {
        await using var portal = await PortalApp.StartAsync();
        // Another test's collector makes clients of this process write a header of their own.
        using var viewer = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Address, "api/v1/batches/999"));
        request.Headers.Authorization = new("Bearer", "dev-viewer");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        using var answer = await viewer.SendAsync(request);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("4bf92f3577b34da6a3ce929d0e0e4736", problem.GetProperty("traceId").GetString(), StringComparison.Ordinal);
    }

    private sealed class KeptLines : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Keeper(categoryName, Lines);

        public void Dispose()
        {
        }

        private sealed class Keeper(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                    lines.Enqueue($"{category}: {formatter(state, exception)}");
            }
        }
    }
}
