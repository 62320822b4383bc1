using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Jobs;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Reviews.Policy.Loosening;

namespace MigrationPortal.Reviews;

/// <summary>Submitted plans and what people decided about them.</summary>
internal static class ReviewsFeature
{
    public static IServiceCollection AddReviews(this IServiceCollection services) => services
        .AddSingleton<ReviewQueries>()
        .AddSingleton<EndedRounds>()
        .AddSingleton<PolicyQueries>()
        .AddSingleton<ReviewCases>()
        .AddSingleton<SubmissionFacts>()
        .AddSingleton<ReviewRounds>()
        .AddSingleton<RejudgeReviews>()
        .AddSingleton<StartGate>()
        .AddReviewNotices()
        .AddBreakGlass()
        .AddSingleton<DueNotices>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<DueNotices>())
        .AddSingleton<IThreadWatch, ThreadsOfReviews>()
        .AddSingleton<GiveApproval>()
        .AddSingleton<EndReview>()
        .AddSingleton<DecideRequest>()
        .AddSingleton<ApproveBatchHandler>()
        .AddSingleton<SendBackHandler>()
        .AddSingleton<SubmitBatchHandler>()
        .AddSingleton<WithdrawApprovalHandler>()
        .AddSingleton<RecallBatchHandler>()
        .AddSingleton<StandingQueries>()
        .AddSingleton<StandingText>()
        .AddSingleton<ApplyPolicy>()
        .AddSingleton<PolicyProposals>()
        .AddSingleton<KeepPolicy>()
        .AddSingleton<DecidePolicyHandler>()
        .AddSingleton<PolicyText>()
        .AddSingleton<PolicyVersionsFile>()
        .AddSingleton<IAuditValues, PoliciesInAudit>()
        .AddSingleton<PolicyConflicts>()
        .AddSingleton<PolicyPreview>()
        .AddSingleton(new PoolPairs.Viewing.PairTab("approvals", 3, typeof(PolicyTab)))
        .AddSingleton<SetPolicyHandler>()
        .AddSingleton<DueReviews>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<DueReviews>())
        .AddSingleton<IBatchFigures, StandingOfBatches>()
        .AddSingleton<IReviewedPlans, ReviewedPlans>()
        .AddSingleton<IBatchDependent, ReviewsOfBatch>()
        .AddSingleton<IReviewRounds, RoundsOfBatches>()
        .AddSingleton<PoolPairs.IPairReviews, ReviewsOfPair>()
        .AddSingleton<IPlanUse, PlansOfReviews>()
        .AddSingleton<IBatchFigures, ApproversOfBatches>()
        .AddSingleton<IBatchViewPart, ReadBatchReview>()
        .AddScoped<UnsentDecision>()
        .AddSingleton(new KeptStep(typeof(EndedDecision)))
        .AddSingleton(new BatchMark(typeof(StandingMark)))
        .AddSingleton(new NextStep(view => view.Batch.State == BatchState.Draft, typeof(SubmitCard)))
        .AddSingleton(new NextStep(AwaitsDecision, typeof(DecisionCard)))
        .AddRoleAction("Plan", [Role.Planner], isScoped: true, "POST /api/v1/batches/{id:long}/submit")
        .AddRoleAction("Decide", [Role.Approver], isScoped: true, "POST /api/v1/batches/{id:long}/approve", "POST /api/v1/batches/{id:long}/send-back", "POST /api/v1/batches/{id:long}/withdraw-approval")
        .AddRoleAction("Recall", [Role.Planner, Role.Operator], isScoped: false, "POST /api/v1/batches/{id:long}/recall")
        .AddRoleAction("Policy", [Role.Administrator], isScoped: false, "PUT /api/v1/pool-pairs/{pair}/policy/", "POST /api/v1/pool-pairs/{pair}/policy/proposals/{id:long}/confirm", "POST /api/v1/pool-pairs/{pair}/policy/proposals/{id:long}/reject");

    public static IEndpointRouteBuilder MapReviews(this IEndpointRouteBuilder api)
    {
        ReviewEndpoints.Map(api);
        StandingEndpoints.Map(api);
        PolicyEndpoints.Map(api);
        BreakGlassEndpoints.Map(api);
        return api;
    }

    // An undo or a delta is decided about while the batch keeps its state.
    internal static bool AwaitsDecision(BatchView view) => view.Batch.State == BatchState.InReview
        || (view.Batch.State is not (BatchState.Draft or BatchState.Approved or BatchState.Scheduled) && view.Review is { State: ReviewState.Open });
}
