using MigrationPortal.Batches;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy.Loosening;

namespace MigrationPortal.Reviews;

/// <summary>What people are told of reviews.</summary>
internal static class ReviewNotices
{
    public const string Opened = "ReviewOpened";
    public const string Waiting = "ReviewWaiting";
    public const string Decided = "Decided";
    public const string Approved = "Approved";
    public const string SentBack = "SentBack";
    public const string Recalled = "Recalled";
    public const string ApprovalLost = "ApprovalLost";
    public const string Reopened = "ReviewReopened";
    public const string PlanChanged = "PlanChanged";
    public const string Renamed = "Renamed";
    public const string ApprovalExpiring = "ApprovalExpiring";
    public const string PolicyChanged = "PolicyChanged";
    public const string PolicyProposed = "PolicyProposed";

    public static IServiceCollection AddReviewNotices(this IServiceCollection services) => services
        .AddNoticeKind(Opened)
        .AddNoticeKind(Waiting, NoticeMode.Digest)
        .AddNoticeKind(Decided)
        .AddNoticeKind(Approved)
        .AddNoticeKind(SentBack)
        .AddNoticeKind(Recalled)
        .AddNoticeKind(ApprovalLost)
        .AddNoticeKind(Reopened)
        .AddNoticeKind(PlanChanged)
        .AddNoticeKind(Renamed)
        .AddNoticeKind(ApprovalExpiring, NoticeMode.Digest)
        .AddNoticeKind(PolicyChanged, WorkingRoles.All, isMandatory: true)
        .AddNoticeKind(PolicyProposed, isMandatory: true)
        .AddSingleton<INoticeAudience, ProposalAudience>()
        .AddBatchNotice(Opened, null, BatchEventKinds.Submitted)
        .AddBatchNotice(Opened, "delta", "DeltaRequested")
        .AddBatchNotice(Opened, "undo", "UndoRequested")
        .AddBatchNotice(Decided, null, BatchEventKinds.ApprovalGiven)
        .AddBatchNotice(Decided, null, BatchEventKinds.PartApproved)
        .AddBatchNotice(Approved, null, BatchEventKinds.Approved)
        .AddBatchNotice(Approved, "delta", "DeltaApproved")
        .AddBatchNotice(Approved, "undo", "UndoApproved")
        .AddBatchNotice(SentBack, null, BatchEventKinds.SentBack)
        .AddBatchNotice(SentBack, "delta", "DeltaSentBack")
        .AddBatchNotice(SentBack, "undo", "UndoSentBack")
        .AddBatchNotice(Recalled, null, BatchEventKinds.Recalled)
        .AddBatchNotice(Recalled, "delta", ReviewEvents.DeltaNotNeeded)
        .AddSingleton(new BatchNotice(BatchEventKinds.ApprovalLost, ApprovalLost) { IsSaidByDetail = true })
        .AddBatchNotice(Reopened, null, BatchEventKinds.ReviewReopened)
        .AddBatchNotice(PlanChanged, null, BatchEventKinds.PlanChanged)
        // Of a draft nobody was asked yet.
        .AddSingleton(new BatchNotice(BatchEventKinds.PairOptionsChanged, PlanChanged) { When = x => x.From != x.To })
        .AddSingleton(new BatchNotice(BatchEventKinds.Renamed, Renamed)
        {
            When = x => x.To != BatchState.Draft, Sentence = x => new("Notice.Renamed", x.By.DisplayName, x.Values?.GetValueOrDefault("after")),
        })
        .AddSingleton<ISettledNotices, SettledReviewNotices>()
        .AddSingleton<INoticeAudience, ReviewAudience>();
}
