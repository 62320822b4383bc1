using MigrationPortal.Batches.Editing;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Batches.Viewing;

/// <summary>What an edit of a batch would end, said before it is made; a part of the <see cref="BatchView"/>.</summary>
public interface IVoidNotice
{
    /// <summary>Who approved when, who is looking at this moment, and what the edit does to it; null where the edit ends nothing.</summary>
    string? SentenceAt(Clock zone);

    /// <summary>The round that the sentence is about.</summary>
    long Round { get; }

    /// <summary>The round with what was decided in it until then, to be sent with the edit.</summary>
    SeenRound Seen { get; }

    /// <summary>Approvals of this round, or of the last one, that ended by somebody else than the reader: newest first.</summary>
    IReadOnlyList<LostNote> Losses { get; }

    /// <summary>How the last round ended, where somebody else than the reader ended it; null while one goes on.</summary>
    LostNote? Ended { get; }

    /// <summary>Accounts of whoever approved, decided on an emergency start or is looking at this moment, without the reader.</summary>
    IReadOnlyList<string> Concerned { get; }
}

/// <param name="Sentence">Whose approval or which review ended, by whom and why.</param>
/// <param name="IsOfPlan">The plan is another one since, and the change can be looked at.</param>
public sealed record LostNote(string Sentence, DateTimeOffset At, bool IsOfPlan)
{
    /// <summary>The sentence says what ended the review, not that it ended.</summary>
    public bool EndsReview { get; init; }
}
