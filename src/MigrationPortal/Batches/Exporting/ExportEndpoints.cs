using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Exporting;

/// <summary>The lists about batches as files: the same filters as the pages.</summary>
internal static class ExportEndpoints
{
    public static IServiceCollection AddBatchFiles(this IServiceCollection services) =>
        services.AddSingleton<BatchesFile>().AddSingleton<BatchRoomsFile>().AddSingleton<FindingsFile>().AddSingleton<PlanFile>().AddSingleton<RightsFile>().AddSingleton<TimelineFile>().AddSingleton<CategoriesFile>();

    public static void Map(RouteGroupBuilder batches)
    {
        batches.MapGet("export", BatchesAsync).ProducesFile();
        batches.MapGet("{id:long}/rooms/export", RoomsAsync).ProducesFile();
        batches.MapGet("{id:long}/preflight/export", FindingsAsync).ProducesFile();
        batches.MapGet("{id:long}/plan/export", PlanAsync).ProducesFile();
        batches.MapGet("{id:long}/right-changes/export", RightsAsync).ProducesFile();
        batches.MapGet("{id:long}/categories/export", CategoriesAsync).ProducesFile();
        batches.MapGet("{id:long}/timeline/export", TimelineAsync).ProducesFile();
    }

    private static IResult BatchesAsync(BatchesFile file, string? poolPairId, string? state, string? search, string? sort, string? format, CancellationToken cancellationToken)
    {
        var (states, key) = (Words.Read<BatchState>("state", state), Words.ReadOne<BatchSort>("sort", sort?.TrimStart('-')));
        if ((states.Refusal ?? key.Refusal) is { } unknown)
            return unknown.ToProblem();
        var filter = new BatchFilter(poolPairId, states.Value!.Count > 0 ? states.Value : null, search, key.Value ?? BatchSort.Newest, sort?.StartsWith('-') == true);
        return file.Answer(format, filter, cancellationToken);
    }

    /// <param name="state">Only rooms that are in that group of the latest run.</param>
    private static async Task<IResult> RoomsAsync(
        long id, BatchQueries batches, BatchRoomQueries rooms, BatchRoomsFile file, string? search, string? found, string? state, string? grade, string? format, CancellationToken cancellationToken)
    {
        var filter = BatchRoomFilter.Of(search, found) with { State = state, Grade = grade };
        if (rooms.FindRefusal(filter) is { } unknown)
            return unknown.ToProblem();
        return await batches.FindAsync(id, cancellationToken) is null
            ? BatchRefusals.NotFound(id).ToProblem()
            : await file.AnswerAsync(format, id, filter, cancellationToken);
    }

    private static async Task<IResult> FindingsAsync(long id, PlanBatchHandler plan, FindingsFile file, string? format, CancellationToken cancellationToken) =>
        (await plan.HandleAsync(new PlanBatch(id), cancellationToken)).ToResult(_ => file.Answer(format, id, cancellationToken));

    /// <param name="plan"><c>approved</c> is the plan that was approved, while it is kept; without it the current one.</param>
    private static async Task<IResult> PlanAsync(
        long id, PlanBatchHandler planning, PlanQueries plans, BatchQueries batches, PlanFile file, string? plan, string? kind, string? search, string? format, CancellationToken cancellationToken)
    {
        var filter = new PlanFilter(Words.Split(kind), Search: search);
        if (plan == "approved" && (await batches.FindAsync(id, cancellationToken))?.ApprovedFingerprint is { } approved && await plans.FindHeadAsync(id, approved, cancellationToken) is { } kept)
            return file.Answer(format, id, kept.Id, filter, cancellationToken);
        return (await planning.HandleAsync(new PlanBatch(id), cancellationToken)).ToResult(head => file.Answer(format, id, head.Id, filter, cancellationToken));
    }

    private static async Task<IResult> CategoriesAsync(long id, PlanBatchHandler plan, CategoriesFile file, string? format, CancellationToken cancellationToken) =>
        (await plan.HandleAsync(new PlanBatch(id), cancellationToken)).ToResult(head => file.Answer(format, id, head.Id, cancellationToken));

    private static async Task<IResult> TimelineAsync(long id, BatchQueries batches, TimelineFile file, string? format, CancellationToken cancellationToken) =>
        await batches.FindAsync(id, cancellationToken) is null ? BatchRefusals.NotFound(id).ToProblem() : file.Answer(format, id, cancellationToken);

    private static async Task<IResult> RightsAsync(long id, PlanBatchHandler plan, RightsFile file, bool? gains, string? format, CancellationToken cancellationToken) =>
        (await plan.HandleAsync(new PlanBatch(id), cancellationToken)).ToResult(_ => file.Answer(format, id, gains, cancellationToken));
}
