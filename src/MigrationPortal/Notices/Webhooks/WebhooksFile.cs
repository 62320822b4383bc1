using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>The webhooks that the caller may change as a file, by name.</summary>
internal sealed class WebhooksFile(WebhookQueries webhooks, IPoolPairNames pairs, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<NoticeTexts> words)
{
    public async Task<IResult> AnswerAsync(string? format, Caller caller, CancellationToken cancellationToken)
    {
        var listed = await webhooks.ListAsync(caller, cancellationToken);
        if (!listed.IsDone)
            return listed.Refusal.ToProblem();
        var rows = listed.Value.ToAsyncEnumerable().Select(async (Webhook x, CancellationToken token) => (Hook: x, By: await names.FindAsync(x.By, token)));
        return ListFile.Of(format, "webhooks", words["Webhooks"], Columns(await pairs.ListAsync(cancellationToken)), rows);
    }

    private IReadOnlyList<ListColumn<(Webhook Hook, string By)>> Columns(IReadOnlyList<PoolPairName> known) =>
    [
        new(titles["Name"], x => x.Hook.Name),
        // The path of an address is often a secret itself, and a file is handed on: the host alone, as in the audit log.
        new(titles["AddressHost"], x => new Uri(x.Hook.Url).Host),
        new(titles["Format"], x => words[$"Format.{x.Hook.Format}"].Value),
        new(titles["Events"], x => WebhookText.Events(x.Hook, words)),
        new(titles["PoolPair"], x => WebhookText.Pair(x.Hook, known, words)),
        new(titles["Created"], x => x.Hook.At),
        new(titles["CreatedBy"], x => x.By),
    ];
}
