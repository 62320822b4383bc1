using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Rooms;
using MigrationPortal.Runs;
using MigrationPortal.Ui;

namespace MigrationPortal.Verification;

internal static class VerificationApi
{
    public static IEndpointRouteBuilder MapVerification(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Verification");
        batches.MapGet("/verification", async (long batchId, int? skip, int? take, VerificationQueries queries, CancellationToken cancel) =>
            TypedResults.Ok(VerificationResource.Of(await queries.FindAsync(batchId, Paging.Of(skip, take ?? Paging.MaxTake), cancel)) with { Request = VerificationRequestResource.Of(await queries.FindRequestAsync(batchId, cancel)) }));
        batches.MapGet("/verification/export", (long batchId, string? kind, string? format, VerificationFile file, CancellationToken cancel) =>
            Words.ReadOne<VerifiedKind>("kind", kind).ToResult(chosen => file.Answer(format, batchId, chosen ?? VerifiedKind.All, cancel))).ProducesFile();
        batches.MapPost("/verify", async (long batchId, VerifyBody? body, VerifyBatchHandler verify, ClaimsPrincipal user, CancellationToken cancel) =>
            (await verify.HandleAsync(new VerifyBatch(batchId, body?.RoomIds), user.ToCaller(), cancel)).ToResult(started =>
                TypedResults.Accepted($"{Urls.Api}/batches/{batchId}/verification", VerificationStartedResource.Of(started))))
            .Produces<VerificationStartedResource>(StatusCodes.Status202Accepted);
        batches.MapPost("/findings/{proofId:long}/accept", (long batchId, long proofId, ReasonBody body, ClaimsPrincipal user, AcceptFindingsHandler accept, VerificationQueries queries, CancellationToken cancel) =>
            AcceptAsync(new(batchId, proofId, body.Reason), user, accept, queries, cancel)).Produces<VerificationResource>();
        batches.MapPost("/findings/accept", (long batchId, AcceptFindingsBody body, ClaimsPrincipal user, AcceptFindingsHandler accept, VerificationQueries queries, CancellationToken cancel) =>
            AcceptAsync(new(batchId, null, body.Reason) { SeenUntil = body.SeenUntil }, user, accept, queries, cancel)).Produces<VerificationResource>();
        return api;
    }

    private static async Task<IResult> AcceptAsync(AcceptFindings request, ClaimsPrincipal user, AcceptFindingsHandler accept, VerificationQueries queries, CancellationToken cancel) =>
        (await accept.HandleAsync(request, user.ToCaller(), cancel)).Refusal is { } refusal
            ? refusal.ToProblem()
            : TypedResults.Ok(VerificationResource.Of(await queries.FindAsync(request.BatchId, Paging.Of(null, Paging.MaxTake), cancel)));
}

/// <param name="RoomIds">Only these; missing verifies every room of the batch.</param>
internal sealed record VerifyBody(long[]? RoomIds);

/// <param name="RoomCount">Null: every room of the batch.</param>
/// <param name="LeftCount">Rooms that were asked for and that the latest run did not migrate.</param>
internal sealed record VerificationStartedResource(string RunId, int? RoomCount, int LeftCount)
{
    public static VerificationStartedResource Of(VerificationStarted started) => new(RunApi.Id(started.RunId), started.RoomIds?.Count, started.Left);
}

/// <param name="SeenUntil">The <c>verifiedAt</c> of the answer that was read: rooms that were verified after it are left. Missing takes what was found until now.</param>
internal sealed record AcceptFindingsBody(string? Reason, DateTimeOffset? SeenUntil);
