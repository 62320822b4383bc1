using System.Globalization;
using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Engine.Verification;
using MigrationPortal.SignIn;

namespace MigrationPortal.Verification;

internal static class VerificationRoom
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services
        .AddSingleton<RecordProof>()
        .AddSingleton<VerificationQueries>()
        .AddSingleton<VerifyBatchHandler>()
        .AddSingleton<ProveAgain>();

    public static IEndpointRouteBuilder MapVerification(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/batches/{batchId:long}").WithTags("Verification");
        batches.MapGet("/verification", async (long batchId, VerificationQueries queries, CancellationToken cancel) =>
            TypedResults.Ok(VerificationResource.Of(await queries.FindAsync(batchId, cancel))));
        batches.MapPost("/verify", async (long batchId, VerifyBatchHandler verify, ClaimsPrincipal user, CancellationToken cancel) =>
            (await verify.HandleAsync(batchId, user.ToCaller(), cancel)).ToResult(run => TypedResults.Accepted($"{App.Urls.Api}/batches/{batchId}/verification")))
            .Produces(StatusCodes.Status202Accepted);
        return api;
    }
}

internal sealed record VerificationResource(Grade? Grade, int Unproven, IReadOnlyList<VerifiedRoomResource> Rooms)
{
    public static VerificationResource Of(BatchVerification found) => new(found.Grade, found.Unproven, [.. found.Rooms.Select(VerifiedRoomResource.Of)]);
}

/// <param name="Mismatches">The first hundred, by chatId; never a text.</param>
internal sealed record VerifiedRoomResource(
    string RoomId,
    string RoomName,
    Grade Grade,
    DateTimeOffset VerifiedAt,
    SideResource Legacy,
    SideResource New,
    IReadOnlyList<ProofRule> Rules,
    long MismatchCount,
    IReadOnlyList<MismatchResource> Mismatches,
    IReadOnlyList<SettingDifference> Settings)
{
    public static VerifiedRoomResource Of(VerifiedRoom room) => new(
        Text(room.RoomId)!,
        room.RoomName,
        room.Grade,
        room.VerifiedAt,
        SideResource.Of(room.Proof.Legacy),
        SideResource.Of(room.Proof.New),
        room.Proof.Rules,
        room.Proof.MismatchCount,
        [.. room.Proof.Mismatches.Select(x => new MismatchResource(Text(x.ChatId)!, x.Kind, x.Fields))],
        room.Proof.Settings);

    internal static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}

internal sealed record MismatchResource(string ChatId, MismatchKind Kind, string Fields);

internal sealed record SideResource(long Count, string? FirstChatId, string? LastChatId, string? FirstTicks, string? LastTicks, int AuthorCount, string Digest)
{
    public static SideResource Of(MessageProof side) => new(
        side.Count,
        VerifiedRoomResource.Text(side.FirstChatId),
        VerifiedRoomResource.Text(side.LastChatId),
        VerifiedRoomResource.Text(side.FirstTicks),
        VerifiedRoomResource.Text(side.LastTicks),
        side.AuthorCount,
        side.Digest);
}
