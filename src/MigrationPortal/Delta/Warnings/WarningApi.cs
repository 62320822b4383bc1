using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Runs;

namespace MigrationPortal.Delta.Warnings;

internal sealed record DeltaWarningResource(string RuleId, string? RoomId, string Subject, string Message, string? Evidence)
{
    public static DeltaWarningResource Of(DeltaWarning x) =>
        new(x.RuleId, x.RoomId is { } id ? RunApi.Id(id) : null, FindingSubject.Of(x.RuleId, x.Subject), x.Message.ToString(), x.Evidence?.ToString());
}

internal static class WarningApi
{
    public static void MapWarningApi(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Delta");
        batches.MapGet("/delta-warnings", async (long batchId, DeltaQueries queries, int? skip, int? take, CancellationToken cancel) =>
        {
            var page = await queries.FindLatestAsync(batchId, cancel) is { } latest ? await queries.WarningsAsync(latest.Id, Paging.Of(skip, take), cancel) : new Page<DeltaWarning>(0, []);
            return TypedResults.Ok(new Page<DeltaWarningResource>(page.Total, [.. page.Items.Select(DeltaWarningResource.Of)]));
        }).Produces<Page<DeltaWarningResource>>();
        batches.MapGet("/delta-warnings/export", (long batchId, string? format, bool? anew, WarningsFile file, CancellationToken cancel) => file.AnswerAsync(format, batchId, anew ?? false, cancel)).ProducesFile();
    }
}
