using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.PoolPairs;

/// <summary>The review of a batch that follows the pair's options: it ends where a change of them changes the plan.</summary>
/// <param name="Sentence">Which batch it is, who approved it when or decided on an emergency start, and who is looking at it at this moment; in the reader's language.</param>
/// <param name="Concerned">Accounts of whoever approved it, decided on an emergency start or is looking, without the reader.</param>
internal sealed record PairReview(long Id, long BatchId, string BatchName, string Sentence, IReadOnlyList<string> Concerned);

/// <param name="Mark">Another one once a review, an approval or a confirmed emergency start joined or ended; sent with the change.</param>
/// <param name="All">By the name of the batch.</param>
internal sealed record PairReviews(string Mark, IReadOnlyList<PairReview> All);

/// <summary>What a change of a pair's options may end, said before it is made; the feature that has the reviews registers it.</summary>
internal interface IPairReviews
{
    Task<PairReviews> ListAsync(string poolPairId, Caller reader, Clock zone, CancellationToken cancellationToken);

    /// <summary>The <see cref="PairReviews.Mark"/> of now, within the caller's transaction.</summary>
    Task<string> MarkAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken);

    /// <summary>Tells the people of those reviews that ended since what was written to them.</summary>
    /// <returns>Null where all were sent; else why one was not.</returns>
    Task<Refusal?> NoteAsync(PairReviews known, string text, Caller caller, CancellationToken cancellationToken);
}
