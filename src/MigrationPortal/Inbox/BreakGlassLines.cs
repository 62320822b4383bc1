using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Emergency starts: those that auditors still have to review, and those that another operator or approver can confirm for an hour.</summary>
internal sealed class BreakGlassLines(
    BreakGlassQueries queries, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, SharedReading<IReadOnlyList<BreakGlassOfBatch>> shared, TimeProvider clock) : IInboxLines
{
    private const string Confirm = "emergency";
    private const string Review = "emergency-review";

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var (confirms, reviews) = (ConfirmBreakGlassHandler.Roles.Any(caller.Has), caller.Has(Role.Auditor));
        if (!confirms && !reviews)
            return [];
        var lines = new List<InboxLine>();
        foreach (var one in await shared.ReadAsync(poolPairId, () => queries.ListOpenAsync(poolPairId, clock.GetUtcNow(), CancellationToken.None), cancellationToken))
        {
            if (one.Request.IsUnreviewed ? Rights.HasIn(caller, Role.Auditor, one.Request.PoolPairId) : one.Request.IsOpen(clock.GetUtcNow()) && ConfirmBreakGlassHandler.Roles.Any(x => Rights.HasIn(caller, x, one.Request.PoolPairId)))
                lines.Add(await LineAsync(one, caller, cancellationToken));
        }

        return lines;
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, Confirm, Review) is { } batch ? details.FindAsync(batch, caller, _ => true, cancellationToken) : Task.FromResult<InboxDetail?>(null);

    private async Task<InboxLine> LineAsync(BreakGlassOfBatch one, Caller caller, CancellationToken cancellationToken)
    {
        var (request, isReview) = (one.Request, one.Request.IsUnreviewed);
        var asker = await names.FindAsync(request.AskedBy, cancellationToken);
        var why = $"{request.Reference}: {request.Reason}";
        var reason = isReview
            ? texts["BreakGlassReviewReason", asker, await names.FindAsync(request.ConfirmedBy ?? "", cancellationToken), why]
            : texts["BreakGlassConfirmReason", asker, why];
        var disabledReason = request.AskedBy != caller.Name && request.ConfirmedBy != caller.Name ? null : texts[isReview ? "BreakGlassThird" : "BreakGlassOwn"].Value;
        return new(
            InboxKeys.Of(isReview ? Review : Confirm, request.BatchId), InboxClass.Today, PortalIcons.CrisisAlert, Tone.Bad,
            texts[isReview ? "BreakGlassReview" : "BreakGlassConfirm", one.BatchName], reason, request.ConfirmedAt ?? request.AskedAt,
            Urls.Batch(request.BatchId, null, request.PoolPairId), texts["OpenBreakGlass"], disabledReason) { BatchId = request.BatchId, Due = isReview ? null : request.AskedAt + BreakGlassRequest.ConfirmWithin };
    }
}
