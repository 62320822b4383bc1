using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Jobs;
using MigrationPortal.Lists;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Reviews;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Working;
using MigrationPortal.Ui;
// Not the one that takes a decision.
using RoomDecision = MigrationPortal.Rooms.RoomDecision;

namespace MigrationPortal.Verification;

internal static class VerificationFeature
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services
        .AddSingleton<RecordVerification>()
        .AddSingleton<VerificationQueries>()
        .AddSingleton<ProofLines>()
        .AddSingleton<VerificationFile>()
        .AddSingleton<VerifyBatchHandler>()
        .AddSingleton<AcceptFindingsHandler>()
        .AddSingleton<VerificationProgress>()
        .AddSingleton<IAcceptanceHistory, AcceptanceTimeline>()
        .AddSingleton<ProposalQueries>()
        .AddSingleton<INoticeAudience, AcceptanceAudience>()
        .AddNoticeKind(AcceptanceAudience.Proposed)
        .AddNoticeKind(AcceptanceAudience.Decided)
        .AddBatchNotice(AcceptanceAudience.Proposed, "verification", "AcceptanceProposed")
        .AddBatchNotice(AcceptanceAudience.Decided, "verification", "AcceptanceConfirmed", "AcceptanceRejected")
        .AddSingleton<IBatchHold, HoldWhileVerifying>()
        .AddSingleton<VerifyRoomAgain>()
        .AddSingleton<IRoomResults>(provider => provider.GetRequiredService<RecordVerification>())
        .AddSingleton(new BatchMark(typeof(BatchGradeMark)))
        .AddSingleton(new BatchTab("verification", typeof(BatchVerificationTab)))
        .AddSingleton(new NextStep(view => view.Batch.State is BatchState.Completed or BatchState.CompletedWithFindings && view.Review?.State != ReviewState.Open, typeof(AfterRunCard)))
        .AddSingleton<IUnfinishedWork, UnfinishedVerifications>()
        .AddRoleAction("Run", [Role.Operator], isScoped: true, "POST /api/v1/batches/{batchId:long}/verify")
        .AddRoleAction("Accept", [Role.Planner, Role.Approver], isScoped: true,
            "POST /api/v1/batches/{batchId:long}/findings/accept",
            "POST /api/v1/batches/{batchId:long}/findings/{proofId:long}/accept");

    public static IEndpointRouteBuilder MapVerification(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Verification");
        batches.MapGet("/verification", async (long batchId, int? skip, int? take, VerificationQueries queries, CancellationToken cancel) =>
            TypedResults.Ok(VerificationResource.Of(await queries.FindAsync(batchId, Paging.Of(skip, take ?? Paging.MaxTake), cancel)) with { Request = VerificationRequestResource.Of(await queries.FindRequestAsync(batchId, cancel)) }));
        batches.MapGet("/verification/export", (long batchId, string? kind, string? format, VerificationFile file, CancellationToken cancel) =>
            Words.ReadOne<VerifiedKind>("kind", kind).ToResult(chosen => file.Answer(format, batchId, chosen ?? VerifiedKind.All, cancel))).ProducesFile();
        batches.MapPost("/verify", async (long batchId, VerifyBatchHandler verify, ClaimsPrincipal user, CancellationToken cancel) =>
            (await verify.HandleAsync(batchId, user.ToCaller(), cancel)).ToResult(run => TypedResults.Accepted($"{Urls.Api}/batches/{batchId}/verification")))
            .Produces(StatusCodes.Status202Accepted);
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

/// <param name="SeenUntil">The <c>verifiedAt</c> of the answer that was read: rooms that were verified after it are left. Missing takes what was found until now.</param>
internal sealed record AcceptFindingsBody(string? Reason, DateTimeOffset? SeenUntil);

/// <param name="Grade">A room whose differences were accepted counts as good.</param>
/// <param name="Open">Rooms with differences that nobody accepted.</param>
/// <param name="Total">Proven rooms; <paramref name="Rooms"/> has at most a thousand of them from <c>skip</c> on, worst first.</param>
internal sealed record VerificationResource(Grade? Grade, int Unproven, int Open, long Total, IReadOnlyList<VerifiedRoomResource> Rooms)
{
    /// <summary>When the latest of them was verified; null where none was.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>The latest request to verify all rooms again; null when nobody asked.</summary>
    public VerificationRequestResource? Request { get; init; }

    public static VerificationResource Of(BatchVerification found) =>
        new(found.Grade, found.Unproven, found.Open, found.Rooms.Total, [.. found.Rooms.Items.Select(VerifiedRoomResource.Of)]) { VerifiedAt = found.VerifiedAt };
}

internal sealed record VerificationRequestResource(
    VerificationState State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, int RoomCount, int VerifiedRoomCount, string? Note, string? Error)
{
    public static VerificationRequestResource? Of(VerificationRequest? x) =>
        x is null ? null : new(x.State, x.RequestedBy, x.RequestedAt, x.FinishedAt, x.RoomCount, x.VerifiedRoomCount, x.Note?.ToString(), x.Error?.ToString());
}

/// <param name="FindingId">What <c>findings/{id}/accept</c> takes; another one after each proof.</param>
/// <param name="Proposed">That its differing messages are accepted, which a second person confirms.</param>
/// <param name="Mismatches">The first hundred, by chatId; never a text.</param>
internal sealed record VerifiedRoomResource(
    string FindingId,
    string RoomId,
    string RoomName,
    Grade Grade,
    DateTimeOffset VerifiedAt,
    SideResource Legacy,
    SideResource New,
    IReadOnlyList<RuleResource> Rules,
    long MismatchCount,
    IReadOnlyList<MismatchResource> Mismatches,
    IReadOnlyList<SettingDifference> Settings,
    RoomDecision? Accepted,
    RoomProposal? Proposed)
{
    public static VerifiedRoomResource Of(VerifiedRoom room) => new(
        Text(room.Id)!,
        Text(room.RoomId)!,
        room.RoomName,
        room.Grade,
        room.VerifiedAt,
        SideResource.Of(room.Proof.Legacy),
        SideResource.Of(room.Proof.New),
        [.. room.Proof.Rules.Select(x => new RuleResource(x.Name, x.Holds, x.Legacy.ToString(), x.New.ToString()))],
        room.Proof.MismatchCount,
        [.. room.Proof.Mismatches.Select(x => new MismatchResource(Text(x.ChatId)!, x.Kind, x.Fields))],
        room.Proof.Settings,
        room.Accepted,
        room.Proposed);

    internal static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Legacy">What was compared, in the caller's language where it is not a number or a digest.</param>
internal sealed record RuleResource(string Name, bool Holds, string Legacy, string New);

internal sealed record MismatchResource(string ChatId, MismatchKind Kind, string Fields);

internal sealed record SideResource(long Count, string? FirstChatId, string? LastChatId, string? FirstTicks, string? LastTicks, int AuthorCount, string Digest)
{
    public static SideResource Of(MessageDigests side) => new(
        side.Count,
        VerifiedRoomResource.Text(side.FirstChatId),
        VerifiedRoomResource.Text(side.LastChatId),
        VerifiedRoomResource.Text(side.FirstTicks),
        VerifiedRoomResource.Text(side.LastTicks),
        side.AuthorCount,
        side.Digest);
}
