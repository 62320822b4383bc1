using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.PoolPairs.Checking;
using MigrationPortal.PoolPairs.Keeping;

namespace MigrationPortal.PoolPairs;

/// <param name="Legacy">A connection string that is missing stays as it is kept.</param>
/// <param name="Version">As read; a former one is refused with 412. Optional.</param>
internal sealed record PoolPairBody(string? Name, PoolSettings? Legacy, PoolSettings? New, long? Version);

/// <param name="Side"><c>legacy</c> or <c>new</c>.</param>
internal sealed record PoolSideBody(string? Side, PoolSettings? Settings);

internal sealed record PoolCheckAnswer(CheckKind Check, CheckState State, string Message, string? Note, IReadOnlyList<string> Names, string? Sql)
{
    public static PoolCheckAnswer Of(PoolCheck x) => new(x.Kind, x.State, x.Sentence.ToString(), x.Note?.ToString(), x.Names ?? [], x.Sql);
}

/// <param name="Version">Of a pair that is kept; null where the configuration holds it.</param>
internal sealed record PoolPairConnectionsAnswer(string Id, bool IsKept, long? Version, bool CanBeOpened, PoolPairSettings? Settings);

internal static class PoolPairConnectionsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/pool-pairs").WithTags("Pool pairs");
        pairs.MapGet("/{pair}/checks", async (string pair, CheckPair check, CancellationToken token) =>
            (await check.HandleAsync(pair, token)).ToResult(x => Results.Ok(new { legacy = x.Legacy.Select(PoolCheckAnswer.Of), @new = x.New.Select(PoolCheckAnswer.Of), x.At })));
        pairs.MapGet("/{pair}/connections", async (string pair, PoolPairQueries queries, KeptPairQueries kept, CancellationToken token) =>
            await queries.FindAsync(pair, token) is null ? Problems.NotFound("pool-pair", pair)
            : await kept.FindAsync(pair, token) is { } found ? Results.Ok(new PoolPairConnectionsAnswer(pair, true, found.Version, found.CanBeOpened, found.Settings))
            : Results.Ok(new PoolPairConnectionsAnswer(pair, false, null, true, null)));
        pairs.MapPost("/check", async (PoolSideBody body, ClaimsPrincipal user, TryPoolSideHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(new(body.Side == "legacy", body.Settings ?? new()), user.ToCaller(), token)).ToResult(x => Results.Ok(x.Select(PoolCheckAnswer.Of))));
        pairs.MapPut("/{pair}", async (string pair, PoolPairBody body, ClaimsPrincipal user, KeepPoolPairHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(new(new() { Id = pair, Name = body.Name, Legacy = body.Legacy ?? new(), New = body.New ?? new() }, body.Version), user.ToCaller(), token))
                .ToResult(x => Results.Ok(new PoolPairConnectionsAnswer(x.Id, true, x.Version, true, x.Settings))));
        pairs.MapDelete("/{pair}", async (string pair, ClaimsPrincipal user, RemovePoolPairHandler handler, CancellationToken token) =>
            (await handler.HandleAsync(pair, user.ToCaller(), token)).ToResult(_ => Results.NoContent()));
    }
}
