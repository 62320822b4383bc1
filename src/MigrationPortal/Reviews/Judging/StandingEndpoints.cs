using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

internal sealed record ReasonBody(string? Reason);

internal sealed record NoteJson(string Code, IReadOnlyList<string> Values, string Text);

internal sealed record ExcludedJson(string Person, string DisplayName, Exclusion Why);

/// <param name="Round">To be sent as <c>expectedRound</c> with an edit.</param>
/// <param name="IsProspect">Nothing is submitted yet: what submitting now would ask for.</param>
/// <param name="Parts">Approvals by owners of categories whose role does not reach every room: each fills the need for its categories, and none counts in <paramref name="Have"/>.</param>
/// <param name="Fillers">For each need that is missing, the known users who could fill it.</param>
/// <param name="OwnPart">The categories that the caller may approve, whose role does not reach every room.</param>
/// <param name="IsEmergency">Satisfied by an emergency start alone.</param>
/// <param name="Text">The computation in one paragraph, in the reader's language.</param>
internal sealed record StandingJson(
    string BatchId,
    ReviewKind Kind,
    ReviewState State,
    bool IsProspect,
    long Round,
    string Fingerprint,
    int Needed,
    int Have,
    bool IsSatisfied,
    bool IsEmergency,
    IReadOnlyList<NamedApproval> Counted,
    IReadOnlyList<NamedPart> Parts,
    IReadOnlyList<NoteJson> Missing,
    IReadOnlyList<NoteJson> Why,
    DateTimeOffset? ExpiresAt,
    StarterRule Starter,
    IReadOnlyDictionary<string, long> Facts,
    IReadOnlyList<NamedPerson> Known,
    IReadOnlyDictionary<string, IReadOnlyList<NamedPerson>> Fillers,
    IReadOnlyList<ExcludedJson> Excluded,
    IReadOnlyList<LostApproval> Lost,
    int PolicyVersion,
    int CurrentPolicyVersion,
    Exclusion? Own,
    IReadOnlyList<string> OwnPart,
    string Text);

internal static class StandingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("batches/{id:long}/standing", GetAsync).WithTags("Reviews").Produces<StandingJson>();
        api.MapPost("batches/{id:long}/withdraw-approval", WithdrawAsync).WithTags("Reviews");
        api.MapPost("batches/{id:long}/recall", RecallAsync).WithTags("Reviews");
    }

    private static async Task<IResult> GetAsync(long id, StandingQueries queries, StandingText text, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, user.ToCaller(), cancellationToken) is { } view ? TypedResults.Ok(Json(view, text)) : BatchRefusals.NotFound(id).ToProblem();

    private static async Task<IResult> WithdrawAsync(
        long id, ReasonBody body, WithdrawApprovalHandler handler, BatchQueries queries, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var outcome = await handler.HandleAsync(new WithdrawApproval(id, body.Reason), user.ToCaller(), cancellationToken);
        return outcome.IsDone ? await BatchEndpoints.ShowAsync(id, queries, http, isNew: false, cancellationToken) : outcome.Refusal.ToProblem();
    }

    private static async Task<IResult> RecallAsync(
        long id, RecallBatchHandler handler, BatchQueries queries, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var body = await OptionalBody.ReadAsync<ReasonBody>(http.Request, cancellationToken);
        var outcome = await handler.HandleAsync(new RecallBatch(id, body?.Reason), user.ToCaller(), cancellationToken);
        return outcome.IsDone ? await BatchEndpoints.ShowAsync(id, queries, http, isNew: false, cancellationToken) : outcome.Refusal.ToProblem();
    }

    private static StandingJson Json(StandingView view, StandingText text) => new(
        Ids.Text(view.Review.BatchId),
        view.Review.Kind,
        view.Review.State,
        view.IsProspect,
        view.Review.Round,
        view.Review.Fingerprint,
        view.Standing.Needed,
        view.Standing.Have,
        view.Standing.IsSatisfied,
        view.Standing.IsEmergency,
        view.Counted,
        view.Parts,
        [.. view.Standing.Missing.Select(x => new NoteJson(x.Code, x.Values, text.Missing(x)))],
        [.. view.Standing.Why.Select(x => new NoteJson(x.Code, x.Values, text.Why(x)))],
        view.Standing.ExpiresAt,
        view.Starter,
        view.Review.Facts,
        view.Known,
        view.Fillers,
        [.. view.Excluded.Select(x => new ExcludedJson(x.Person.Person, x.Person.DisplayName, x.Why))],
        view.Lost,
        view.Review.PolicyVersion,
        view.CurrentPolicyVersion,
        view.Own,
        [.. view.OwnPart.Select(CategoryPaths.Display)],
        text.Paragraph(view));
}
