using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing.Edits;

/// <summary>Tells the people whose review an edit ends what its author wrote to them; a later feature keeps and sends it.</summary>
internal interface IEditNotes
{
    /// <param name="accounts">Whom it is for.</param>
    /// <returns>Null where it was sent.</returns>
    Task<Refusal?> SendAsync(long batchId, IReadOnlyList<string> accounts, string text, Caller caller, CancellationToken cancellationToken);
}

internal sealed class EditNoteSenders(IEnumerable<IEditNotes> notes)
{
    public IReadOnlyList<IEditNotes> All { get; } = [.. notes];
}
