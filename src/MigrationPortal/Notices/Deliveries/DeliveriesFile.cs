using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Deliveries;

/// <summary>Mails and webhook calls as a file, newest first.</summary>
internal sealed class DeliveriesFile(DeliveryQueries deliveries, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<NoticeTexts> words)
{
    public async Task<IResult> AnswerAsync(string? format, IReadOnlyList<DeliveryState> states, Caller caller, CancellationToken cancellationToken)
    {
        // The right is asked for before the file is begun.
        if ((await deliveries.ListAsync(states, caller, new(0, 1), cancellationToken)).Refusal is { } refusal)
            return refusal.ToProblem();
        var rows = RowsInPages.ReadAsync(async x => (await deliveries.ListAsync(states, caller, x, cancellationToken)).Value ?? new Page<DeliveryRow>(0, []))
            .Select(async (DeliveryRow x, CancellationToken token) => x with { To = x.To is { } to ? await names.FindAsync(to, token) : null });
        return ListFile.Of(format, "deliveries", words["MailTitle"], Columns(), rows);
    }

    private IReadOnlyList<ListColumn<DeliveryRow>> Columns() =>
    [
        new(titles["Created"], x => x.CreatedAt),
        new(titles["State"], x => words[$"Delivery.{x.State}"].Value),
        new(titles["Channel"], x => x.Channel == Delivery.Mail ? x.Channel : x.Webhook ?? words["OneWebhook"].Value),
        new(titles["Recipient"], x => x.To),
        new(titles["Event"], x => words[$"Kind.{x.Kind}"].Value),
        new(titles["Subject"], x => x.Title),
        new(titles["Attempts"], x => x.Attempts),
        new(titles["Sent"], x => x.SentAt),
        new(titles["Error"], x => PlainText.Of(x.Error)),
    ];
}
