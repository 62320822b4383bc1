using Microsoft.Extensions.Localization;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Batches.Viewing.Histories;

/// <summary>Names the resources of what happens to a batch: a whole sentence for each kind of event, {0} being the person.</summary>
internal sealed class EventTexts;

/// <summary>What happened, as a sentence with the person's name in it.</summary>
internal static class EventSentences
{
    public static async ValueTask<string> OfAsync(IStringLocalizer<EventTexts> texts, PersonNames names, BatchEvent one, CancellationToken cancellationToken)
    {
        var name = await names.FindAsync(one.By, cancellationToken);
        return texts[one.Kind, name] is { ResourceNotFound: false } sentence ? sentence.Value : texts["Other", name, one.Kind].Value;
    }
}
