using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Runs;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Verification;

/// <summary>Of a proposal those who can be the second person hear; of the decision whoever proposed it.</summary>
internal sealed class AcceptanceAudience : INoticeAudience
{
    public const string Proposed = "AcceptanceProposed";
    public const string Decided = "AcceptanceDecided";

    public bool Knows(string kind) => kind is Proposed or Decided;

    public async Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken)
    {
        if (happened.Kind == Decided)
            return people.Where(x => x.Name == happened.Values.GetValueOrDefault("whose"));
        if (BatchSubject.Read(happened.Subject) is not { } id || await BatchReads.FindAsync(db, id, cancellationToken) is not { } batch)
            return [];
        var starters = await RunQueries.All(db).Where(x => x.BatchId == id).Select(x => x.StartedBy).Distinct().ToListAsync(cancellationToken);
        return people.Where(x => x.Name != batch.Author && !starters.Contains(x.Name) && RoleAudience.Has(x, batch.PoolPairId, Role.Approver));
    }
}
