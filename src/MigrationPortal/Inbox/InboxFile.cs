using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Inbox;

/// <summary>What needs a person, as a file.</summary>
internal sealed class InboxFile(InboxQueries inbox, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<InboxTexts> texts)
{
    public async Task<IResult> AnswerAsync(string? format, string? poolPairId, Caller caller, CancellationToken cancellationToken) =>
        ListFile.Of(format, "inbox", texts["Title"], Columns(), (await inbox.ListAsync(poolPairId, caller, cancellationToken)).ToAsyncEnumerable());

    private IReadOnlyList<ListColumn<InboxLine>> Columns() =>
    [
        new(titles["Urgency"], x => texts[x.Snooze is not null ? "Snoozed" : x.DisabledReason is null ? $"Class.{x.Class}" : "NotYours"].Value),
        new(titles["Item"], x => PlainText.Of(x.Title)),
        new(titles["Reason"], x => PlainText.Of(x.Reason)),
        new(titles["Since"], x => x.Since),
        new(titles["Due"], x => x.Due),
        new(titles["Action"], x => PlainText.Of(x.Action)),
        new(titles["TakenBy"], x => PlainText.Of(x.Claim?.DisplayName)),
        new(titles["NotYours"], x => PlainText.Of(x.DisabledReason)),
    ];
}
