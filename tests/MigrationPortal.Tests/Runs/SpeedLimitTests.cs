using System.Diagnostics.Metrics;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

/// <summary>A new speed acts on a run from the next message on, whatever page was begun at the old one.</summary>
public sealed class SpeedLimitTests
{
    private const int Messages = 2_000;

    // Reading this message waits while the test holds the lock.
    private const int Held = 300;
    private const int Lock = 4711;

    [Fact]
    public async Task Throttle_PageWasBegunAtFullSpeed_EndsWithItsNextMessage()
    {
        await using var world = await RunWorld.CreateAsync();
        await HoldAtAsync(world);
        await world.ScanAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        long run;
        await using (var connection = await world.Chat.LegacyDatabase.OpenAsync())
        {
            await using var hold = new Npgsql.NpgsqlCommand($"select pg_advisory_lock({Lock})", connection);
            await hold.ExecuteNonQueryAsync();
            run = (await world.StartAsync(batch)).RunId;
            await Eventually.TrueAsync(() => world.Chat.LegacyDatabase.IsWaitingAsync());

            await op.PostAsync($"batches/{batch}/throttle", new { messagesPerSecond = 1 });
            // The run has heard of it when its node says the new figure.
            await Eventually.TrueAsync(() => Task.FromResult(LimitOf(world) == 1));
            await using var release = new Npgsql.NpgsqlCommand($"select pg_advisory_unlock({Lock})", connection);
            await release.ExecuteNonQueryAsync();
        }

        var first = await Eventually.IsAsync(() => PagesAsync(world), x => x.Count > 0);
        Assert.InRange(first[0], 1, Held);
        var slow = await Eventually.IsAsync(() => PagesAsync(world), x => x.Count > 2);
        Assert.Equal([1, 1], slow[1..3]);

        // At one a second the rest would take half an hour.
        await op.PostAsync($"batches/{batch}/throttle", new { });
        Assert.Equal((RunState.Completed, null), ((await world.EndAsync(run)) is var end ? (end.State, end.Error) : default));
        Assert.True((await PagesAsync(world))[^1] > Held);
    }

    // As the run itself has it, which hears of a new figure a moment after it was kept.
    private static long? LimitOf(RunWorld world)
    {
        long? limit = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "migrationportal.run.throttle" && instrument.Meter.Scope == world.Portal.Get<IMeterFactory>())
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => limit = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return limit;
    }

    private static async Task<List<int>> PagesAsync(RunWorld world)
    {
        var pages = new List<int>();
        await using var connection = await world.Portal.Database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand($"select count from portal.ledger_pages where room_guid = '{ChatWorld.General}' and confirmed_at is not null order by first_chat_id", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            pages.Add(reader.GetInt32(0));
        return pages;
    }

    // A view in the table's place, whose content waits at one message while messages are copied; a scan looks at it, too.
    private static Task HoldAtAsync(RunWorld world) => world.Chat.LegacyDatabase.ExecuteAsync($"""
        insert into tblChat select 10, i, 635000000000000000 + i::bigint * 10000000, 3, false, 'Message ' || i || repeat(' and more', 20) from generate_series(301, {Messages}) i;
        update tblLastChatId set lastChatId = {Messages} where nodeID = 10;
        create function held(channel int, id bigint, text text) returns text stable language plpgsql as $$
        begin
            if channel = 10 and id = {Held} and current_query() ilike 'copy %' then perform pg_advisory_xact_lock_shared({Lock}); end if;
            return text;
        end $$;
        alter table tblChat rename to chats;
        create view tblChat as select channelId, chatId, chatDate, userId, isAlert, held(channelId::int, chatId::bigint, content) as content from chats;
        """);
}
