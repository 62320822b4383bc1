using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Policy.Loosening;

/// <summary>A proposed policy concerns the administrators who may confirm it, as long as it waits for one of them.</summary>
internal sealed class ProposalAudience : INoticeAudience
{
    private const string Proposal = "proposal";

    public static NoticeEvent Told(PolicyProposal proposal, Caller by) => new()
    {
        Kind = ReviewNotices.PolicyProposed,
        Subject = $"pool-pair:{proposal.PoolPairId}",
        PoolPairId = proposal.PoolPairId,
        By = by.Name,
        At = proposal.At,
        Title = proposal.PoolPairId,
        Sentence = new("Notice.PolicyProposed", by.DisplayName),
        Detail = Engine.Wording.OfText(proposal.Reason),
        Url = Ui.Urls.Policy(proposal.PoolPairId),
        Values = new(StringComparer.Ordinal) { [Proposal] = proposal.Id.ToString(CultureInfo.InvariantCulture) },
    };

    public bool Knows(string kind) => kind == ReviewNotices.PolicyProposed;

    public async Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken)
    {
        var id = long.Parse(happened.Values[Proposal], CultureInfo.InvariantCulture);
        return await db.Set<PolicyProposal>().AnyAsync(x => x.Id == id && x.State == ProposalState.Open, cancellationToken)
            ? people.Where(x => RoleAudience.Has(x, happened.PoolPairId, Role.Administrator))
            : [];
    }
}
