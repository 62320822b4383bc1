using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.CutOver.Timing;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Runs;

namespace MigrationPortal.Tests.CutOver;

/// <summary>When the cutover is planned: by whom, in which order, and that of two changes at once one is refused.</summary>
public sealed class CutOverTimeTests
{
    private const string Time = "api/v1/pool-pairs/contoso/cut-over/time";

    private static readonly DateTimeOffset Night = new(2030, 1, 5, 22, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("operator")]
    [InlineData("administrator")]
    public async Task Time_Planned_IsKeptWithItsPersonAndAudited(string persona)
    {
        await using var world = await RunWorld.CreateAsync();
        using var client = world.Portal.ClientFor(persona);
        Assert.Equal(JsonValueKind.Null, (await client.GetFromJsonAsync<JsonElement>(Time)).GetProperty("startsAt").ValueKind);

        using var answer = await client.PutAsJsonAsync(Time, new { startsAt = Night, endsAt = Night.AddHours(8) });

        Assert.Equal((HttpStatusCode.OK, "\"1\""), (answer.StatusCode, answer.Headers.ETag!.Tag));
        var kept = await client.GetFromJsonAsync<JsonElement>(Time);
        Assert.Equal((Night, Night.AddHours(8), persona), (kept.GetProperty("startsAt").GetDateTimeOffset(), kept.GetProperty("endsAt").GetDateTimeOffset(), kept.GetProperty("by").GetString()));
        using var auditor = world.Portal.ClientFor("auditor");
        Assert.Contains("CutOverPlanned", await auditor.GetStringAsync("api/v1/audit/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-01-01T00:00Z", null, "cut-over-time.past")]
    [InlineData("2090-01-01T00:00Z", null, "cut-over-time.far")]
    [InlineData("2030-01-05T22:00Z", "2030-01-05T22:00Z", "cut-over-time.order")]
    [InlineData(null, "2030-01-05T22:00Z", "cut-over-time.order")]
    public async Task Time_ThatCannotBe_IsRefusedInASentence(string? startsAt, string? endsAt, string code)
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = world.Portal.ClientFor("operator");

        using var answer = await op.PutAsJsonAsync(Time, new { startsAt, endsAt });

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code.Split('.')[0]), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("cutover", problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Time_ChangedFromAnOlderVersion_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = world.Portal.ClientFor("operator");
        using var first = await op.PutAsJsonAsync(Time, new { startsAt = Night });

        using var late = new HttpRequestMessage(HttpMethod.Put, Time) { Content = JsonContent.Create(new { startsAt = Night.AddDays(1) }) };
        late.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        using var answer = await op.SendAsync(late);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal(Night, (await op.GetFromJsonAsync<JsonElement>(Time)).GetProperty("startsAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Time_SetByManyAtOnceFromOneVersion_IsSetByOne()
    {
        await using var world = await RunWorld.CreateAsync();
        var op = Persona.Find("operator")!.ToCaller();
        var set = world.Portal.Get<SetCutOverTimeHandler>();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(day => set.HandleAsync(new SetCutOverTime("contoso", Night.AddDays(day), null, 0), op, CancellationToken.None)));

        Assert.Single(outcomes, x => x.IsDone);
        Assert.All(outcomes.Where(x => !x.IsDone), x => Assert.Equal("stale", x.Refusal!.Code.Split('.')[0]));
    }

    [Fact]
    public async Task Time_Removed_CountsOnAndIsNoLongerPlanned()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = world.Portal.ClientFor("operator");
        using var set = await op.PutAsJsonAsync(Time, new { startsAt = Night });
        using var removed = await op.PutAsJsonAsync(Time, new { });

        Assert.Equal("\"2\"", removed.Headers.ETag!.Tag);
        Assert.Equal(JsonValueKind.Null, (await op.GetFromJsonAsync<JsonElement>(Time)).GetProperty("startsAt").ValueKind);
    }

    [Fact]
    public async Task Time_ByAPlanner_IsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        using var planner = world.Portal.ClientFor("planner");
        using var answer = await planner.PutAsJsonAsync(Time, new { startsAt = Night });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public void Forecast_FromTheLaterOfStartAndNow_SaysHowMuchIsToSpare()
    {
        var time = new CutOverTime { PoolPairId = "contoso", StartsAt = Night, EndsAt = Night.AddHours(8), By = "operator", At = Night, Version = 1 };
        var estimate = new MigrationPortal.Windows.Scheduling.RunEstimate(TimeSpan.FromHours(1), TimeSpan.FromHours(2), 3);

        var before = CutOverForecast.Of(time, estimate, Night.AddDays(-1))!;
        Assert.Equal((Night.AddHours(1), Night.AddHours(2), TimeSpan.FromHours(6)), (before.Earliest, before.Latest, before.ToSpare(time)!.Value));
        var during = CutOverForecast.Of(time, estimate, Night.AddHours(7))!;
        Assert.Equal((Night.AddHours(8), TimeSpan.FromHours(-1)), (during.Earliest, during.ToSpare(time)!.Value));
        Assert.Null(CutOverForecast.Of(time, null, Night));
    }
}
