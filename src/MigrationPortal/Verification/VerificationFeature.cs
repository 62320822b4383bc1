using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Verification;

internal static class VerificationFeature
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services
        .AddSingleton<RecordVerification>()
        .AddSingleton<VerificationQueries>()
        .AddSingleton<ResultLines>()
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
        .AddSingleton(new RunRoomsAction(typeof(VerifySelected)))
        .AddSingleton<IDifferenceNames, DifferenceNames>()
        .AddSingleton(new BatchTab("verification", typeof(BatchVerificationTab)))
        .AddSingleton(new NextStep(AfterRunCard.Applies, typeof(AfterRunCard)))
        .AddSingleton<IUnfinishedWork, UnfinishedVerifications>()
        .AddRoleAction("Run", [Role.Operator], isScoped: true, "POST /api/v1/batches/{batchId:long}/verify")
        .AddRoleAction("Accept", [Role.Planner, Role.Approver], isScoped: true,
            "POST /api/v1/batches/{batchId:long}/findings/accept",
            "POST /api/v1/batches/{batchId:long}/findings/{proofId:long}/accept");
}
