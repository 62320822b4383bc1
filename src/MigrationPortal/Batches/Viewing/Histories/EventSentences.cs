using MigrationPortal.SignIn.People;

namespace MigrationPortal.Batches.Viewing.Histories;

/// <summary>What happened, as a sentence with the person's name in it.</summary>
internal static class EventSentences
{
    public static async ValueTask<string> OfAsync(PersonNames names, BatchEvent one, CancellationToken cancellationToken) =>
        BatchEventKinds.Sentence(one.Kind, await names.FindAsync(one.By, cancellationToken)).ToString();
}
