using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Windows;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Windows;

public sealed class SetWindowsTests
{
    private static readonly Caller _administrator = Caller.Of("ada", "Ada", [new Grant(Role.Administrator)]);

    [Fact]
    public async Task Set_TwiceFromOneVersion_SecondIsTold_AndAuditHasBoth()
    {
        await using var world = await StartAsync();
        Done(await SetAsync(world, Pair, [Night], seen: 0));
        Refused(await SetAsync(world, Pair, [], seen: 0), "stale");
        var again = Done(await SetAsync(world, Pair, [Night with { Name = "other" }], seen: 1));

        Assert.Equal((2, "other"), (again.Version, Assert.Single(again.Items).Name));
        Assert.Equal(2, await world.AuditsAsync("WindowsSet"));
        var kept = await world.Get<WindowQueries>().FindSetAsync(Pair, CancellationToken.None);
        Assert.Equal(JsonSerializer.Serialize(Night with { Name = "other" }), JsonSerializer.Serialize(kept!.Items[0]));
    }

    [Fact]
    public async Task Set_WhatMeansNothing_IsRefusedByNumberAndName()
    {
        await using var world = await StartAsync();
        foreach (var wrong in new[]
        {
            Night with { Name = " " }, Night with { Zone = "Nowhere/City" }, Night with { Weekdays = [] }, Night with { Dates = [new(2026, 1, 1)] },
            Night with { Ordinal = 5 }, Night with { Weekdays = [], Dates = [new(2026, 1, 1)], Ordinal = 1 }, Night with { ValidFrom = new(2026, 2, 1), ValidTo = new(2026, 1, 1) },
        })
            Assert.Contains("2", Refused(await SetAsync(world, Pair, [Night, wrong]), "windows-invalid").Message, StringComparison.Ordinal);
        Refused(await SetAsync(world, Pair, [.. Enumerable.Repeat(Night, WindowRules.MaxWindows + 1)]), "windows-invalid");
        Refused(await SetAsync(world, "nowhere", [Night]), "pool-pair-not-found");
        Refused(await SetAsync(world, Pair, [Night], reason: " "), "reason-required");
        Refused(await SetAsync(world, Pair, [Night], by: Petra), "not-allowed");
    }

    [Fact]
    public async Task Set_ByABoundedAdministrator_OwnPairAlone()
    {
        await using var world = await StartAsync();
        var bounded = Caller.Of("bo", "Bo", [new Grant(Role.Administrator, Pair)]);
        Refused(await SetAsync(world, null, [Night], by: bounded), "out-of-scope");
        Done(await SetAsync(world, Pair, [Night], by: bounded));
    }

    [Fact]
    public async Task Hold_WindowsOfAllPairsAndOfOne_BothCount()
    {
        await using var world = await StartAsync();
        var batch = await world.BatchAsync(await world.CreateAsync(Petra, "Wave 1", "Desk"));
        Assert.Null(await HoldAsync(world, batch));
        Done(await SetAsync(world, null, [Always with { Effect = WindowEffect.Deny }]));
        Assert.Equal("window-closed", (await HoldAsync(world, batch))?.Code);
        Done(await SetAsync(world, Pair, [Always]));
        Assert.Equal("window-closed", (await HoldAsync(world, batch))?.Code);
        Done(await SetAsync(world, null, []));
        Assert.Null(await HoldAsync(world, batch));
    }

    [Fact]
    public async Task Api_PutGetAndPreview_SpeakOneLanguageOfTimes()
    {
        await using var world = await Runs.RunWorld.CreateAsync();
        using var client = world.Portal.ClientFor("administrator");
        var set = await client.PutAsync("api/v1/pool-pairs/contoso/windows", Json("""
            {"items":[{"name":"Nights","effect":"Allow","weekdays":["Monday"],"ordinal":-1,"from":"22:00","to":"06:00","zone":"Europe/Berlin","validFrom":"2026-01-01"}],"atEnd":"PauseNow","reason":"change board","version":0}
            """));
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        var read = await client.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/windows");
        Assert.Equal(("22:00", "PauseNow", 1), (read.GetProperty("items")[0].GetProperty("from").GetString(), read.GetProperty("atEnd").GetString(), read.GetProperty("version").GetInt32()));
        var preview = await client.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/windows/preview?from=2026-10-20T00:00:00Z&to=2026-10-31T00:00:00Z");
        Assert.Equal("2026-10-26T21:00:00+00:00", preview.GetProperty("items")[0].GetProperty("from").GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("api/v1/pool-pairs/contoso/windows/preview?from=2026-10-20T00:00:00Z&to=2020-10-31T00:00:00Z")).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.PutAsync("api/v1/pool-pairs/contoso/windows", Json("""{"items":[],"reason":"r","version":7}"""))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PutAsync("api/v1/pool-pairs/contoso/windows", Json("""{"items":[{"name":"n","from":"10 pm"}],"reason":"r"}"""))).StatusCode);
    }

    internal static Window Always { get; } = new() { Name = "Always", Weekdays = Enum.GetValues<DayOfWeek>(), Zone = "Etc/UTC" };

    private static Window Night { get; } = Always with { Name = "Night", From = new(22, 0), To = new(6, 0), Zone = "Europe/Berlin" };

    internal static Task<Outcome<WindowSet>> SetAsync(
        BatchWorld world, string? pair, IReadOnlyList<Window> windows, WindowEnd atEnd = WindowEnd.FinishRooms, int? seen = null, string reason = "change board", Caller? by = null) =>
        world.Get<SetWindowsHandler>().HandleAsync(new SetWindows(pair, windows, atEnd, reason, seen), by ?? _administrator, CancellationToken.None);

    private static async Task<Refusal?> HoldAsync(BatchWorld world, Batch batch)
    {
        await using var db = world.Database.OpenPortal();
        return await world.Services.GetServices<MigrationPortal.Runs.Starting.IBatchHold>().OfType<WindowHold>().Single().FindAsync(db, batch, CancellationToken.None);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
