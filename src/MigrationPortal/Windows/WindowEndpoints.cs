using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;

namespace MigrationPortal.Windows;

/// <param name="Items">All of them; what is missing goes.</param>
/// <param name="Version">The version that was read, 0 where none were set; another one is answered with 412.</param>
internal sealed record WindowsBody(IReadOnlyList<Window>? Items, WindowEnd AtEnd = WindowEnd.FinishRooms, string? Reason = null, int? Version = null);

internal sealed record WindowsJson(int Version, WindowEnd AtEnd, int Total, IReadOnlyList<Window> Items, string? By, DateTimeOffset? At, string? Reason)
{
    public static WindowsJson Of(WindowSet? set) => set is null
        ? new(0, WindowEnd.FinishRooms, 0, [], null, null, null)
        : new(set.Version, set.AtEnd, set.Items.Count, set.Items, set.By, set.At, set.Reason);
}

internal static class WindowEndpoints
{
    private static readonly TimeSpan _shown = TimeSpan.FromDays(14);

    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("windows").WithTags("Windows");
        all.MapGet("", async (WindowQueries queries, CancellationToken cancel) => TypedResults.Ok(WindowsJson.Of(await queries.FindSetAsync(WindowSet.All, cancel)))).Produces<WindowsJson>();
        all.MapPut("", (WindowsBody body, SetWindowsHandler handler, ClaimsPrincipal user, CancellationToken cancel) => SetAsync(null, body, handler, user, cancel)).Produces<WindowsJson>();
        all.MapGet("export", (string? format, WindowsFile file, CancellationToken cancel) => file.AnswerAsync(format, WindowSet.All, cancel)).ProducesFile();
        var pairs = api.MapGroup("pool-pairs/{pair}/windows").WithTags("Windows");
        pairs.MapGet("", GetAsync).Produces<WindowsJson>();
        pairs.MapPut("", (string pair, WindowsBody body, SetWindowsHandler handler, ClaimsPrincipal user, CancellationToken cancel) =>
            SetAsync(pair, body, handler, user, cancel)).Produces<WindowsJson>();
        pairs.MapGet("export", async (string pair, string? format, WindowsFile file, IPoolPairNames names, CancellationToken cancel) =>
            await FindUnknownAsync(pair, names, cancel) is { } unknown ? unknown.ToProblem() : await file.AnswerAsync(format, pair, cancel)).ProducesFile();
        pairs.MapGet("preview", PreviewAsync).Produces<Page<OpenSpan>>();
    }

    private static async Task<IResult> GetAsync(string pair, WindowQueries queries, IPoolPairNames names, CancellationToken cancellationToken) =>
        await FindUnknownAsync(pair, names, cancellationToken) is { } unknown ? unknown.ToProblem() : TypedResults.Ok(WindowsJson.Of(await queries.FindSetAsync(pair, cancellationToken)));

    private static async Task<IResult> SetAsync(string? pair, WindowsBody body, SetWindowsHandler handler, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new SetWindows(pair, body.Items ?? [], body.AtEnd, body.Reason, body.Version), user.ToCaller(), cancellationToken))
            .ToResult(x => TypedResults.Ok(WindowsJson.Of(x)));

    /// <summary>When the new pool may be written, by the windows of all pairs and its own.</summary>
    private static async Task<IResult> PreviewAsync(
        string pair, DateTimeOffset? from, DateTimeOffset? to, WindowQueries queries, IPoolPairNames names, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await FindUnknownAsync(pair, names, cancellationToken) is { } unknown)
            return unknown.ToProblem();
        var begin = (from ?? clock.GetUtcNow()).ToUniversalTime();
        var end = to?.ToUniversalTime() ?? (begin.Year < 9998 ? begin + _shown : begin);
        if (begin >= end || end - begin > PairWindows.Horizon || begin.Year < 1900 || end.Year > 2200)
            return new Refusal("span-invalid", RefusalKind.Invalid, (int)PairWindows.Horizon.TotalDays).ToProblem();
        var spans = OpenTimes.Between((await queries.FindAsync(pair, cancellationToken)).Windows, begin, end);
        return TypedResults.Ok(new Page<OpenSpan>(spans.Count, spans));
    }

    private static async Task<Refusal?> FindUnknownAsync(string pair, IPoolPairNames names, CancellationToken cancellationToken) =>
        (await names.ListAsync(cancellationToken)).Any(x => x.Id == pair) ? null : new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, pair);
}
