using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine.Reading;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Ui;

namespace MigrationPortal.Rooms;

internal sealed record PoolPairAnswer(string Id, string Name, string LegacyName, string NewName, string LegacyProduct, string NewProduct, bool IsConfigured, string? CurrentScanId)
{
    public static PoolPairAnswer Of(PoolPair x) =>
        new(x.Id, x.Name, x.LegacyName, x.NewName, x.LegacyProduct, x.NewProduct, x.IsConfigured, x.CurrentScanId?.ToString(CultureInfo.InvariantCulture));
}

internal sealed record ScanAnswer(string Id, string PoolPairId, ScanState State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Phase, long PhaseDone, long? PhaseTotal, string? Error)
{
    public static ScanAnswer Of(Scan x) => new(
        x.Id.ToString(CultureInfo.InvariantCulture), x.PoolPairId, x.State, x.RequestedBy, x.RequestedAt, x.StartedAt, x.FinishedAt, x.Phase, x.PhaseDone, x.PhaseTotal, x.Error?.ToString());
}

internal sealed record ProbeAnswer(ProbeReport Legacy, ProbeReport New);

internal static class PoolPairsApi
{
    public static void MapPoolPairEndpoints(this IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/pool-pairs").WithTags("Pool pairs");
        // Whole: as many as the configuration names, and did.
        pairs.MapGet("", async (PoolPairQueries queries, CancellationToken token) =>
            (await queries.ListAsync(token)).Select(PoolPairAnswer.Of).ToList() is var items ? new Page<PoolPairAnswer>(items.Count, items) : null);
        pairs.MapGet("/{pair}/probe", ProbeAsync);
        pairs.MapGet("/{pair}/summary", SummaryAsync);
        pairs.MapPost("/{pair}/scans", async (string pair, ClaimsPrincipal user, RequestScanHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(new RequestScan(pair), user.ToCaller(), token)).ToResult(id =>
                Results.Accepted($"{Urls.Api}/pool-pairs/{Uri.EscapeDataString(pair)}/scans/latest", new { id = id.ToString(CultureInfo.InvariantCulture), state = ScanState.Queued })));
        pairs.MapGet("/{pair}/scans/latest", async (string pair, ScanQueries queries, CancellationToken token) =>
            await queries.FindLatestAsync(pair, token) is { } scan ? Results.Ok(ScanAnswer.Of(scan)) : Problems.NotFound("scan", pair));
    }

    private static async Task<IResult> ProbeAsync(string pair, PoolPairCatalog catalog, CancellationToken token)
    {
        if (catalog.Find(pair) is not { } found)
            return Problems.NotFound("configured-pool-pair", pair);
        var legacy = await SchemaProbe.ProbeAsync(found.Legacy, token);
        if (legacy.Refusal is { } refused)
            return refused.ToProblem();
        var current = await SchemaProbe.ProbeAsync(found.New, token);
        return current.ToResult(report => Results.Ok(new ProbeAnswer(legacy.Value!, report)));
    }

    private static async Task<IResult> SummaryAsync(string pair, PoolPairQueries pairs, RoomQueries rooms, CancellationToken token)
    {
        if (await pairs.FindAsync(pair, token) is not { } found)
            return Problems.NotFound("pool-pair", pair);
        var comparisons = await rooms.CountAsync(new RoomFilter { PoolPairId = pair }, token);
        var places = await rooms.CountByPlaceAsync(pair, token);
        return Results.Ok(new
        {
            poolPair = PoolPairAnswer.Of(found),
            comparisons = comparisons.ToDictionary(x => x.Comparison.ToString(), x => x.Rooms),
            places = places.ToDictionary(x => x.Key.ToString(), x => x.Value.Rooms),
            legacyMessageCount = comparisons.Sum(x => x.Messages),
        });
    }
}
