namespace MigrationPortal.Batches.Viewing;

/// <summary>What an edit of a batch would end, said before it is made; a part of the <see cref="BatchView"/>.</summary>
public interface IVoidNotice
{
    /// <summary>Null where the edit ends nothing.</summary>
    string? Sentence { get; }

    /// <summary>The round that the sentence is about, to be sent with the edit.</summary>
    long Round { get; }

    /// <summary>Whose approvals of the last round ended, by whom and why, for people who have the page open; null where none did, or by the reader alone.</summary>
    string? Lost { get; }
}
