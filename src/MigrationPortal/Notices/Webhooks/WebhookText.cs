using Microsoft.Extensions.Localization;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>What a webhook is for, as its page and its file say it.</summary>
internal static class WebhookText
{
    public static string Events(Webhook hook, IStringLocalizer<NoticeTexts> texts) =>
        hook.Kinds.Count == 0 ? texts["EveryKind"].Value : string.Join(" · ", hook.Kinds.Select(x => texts[$"Kind.{x}"].Value));

    public static string Pair(Webhook hook, IReadOnlyList<PoolPairName> known, IStringLocalizer<NoticeTexts> texts) =>
        hook.PoolPairId is { } pair ? known.FirstOrDefault(x => x.Id == pair)?.Name ?? pair : texts["EveryPair"].Value;
}
