using Microsoft.Extensions.Localization;
using MigrationPortal.Audit;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>What a webhook is sent, as its form calls it.</summary>
internal sealed class WebhooksInAudit(IStringLocalizer<NoticeTexts> texts) : IAuditValues
{
    public bool IsOf(string action) => action is "WebhookSet" or "WebhookRemoved" or "WebhookSecretChanged" or "WebhookSecretDropped";

    public string? Name(string detail) => null;

    public string? Value(string detail, string value) => detail switch
    {
        "kinds" => string.Join(" · ", value.Split(", ").Select(kind => Word($"Kind.{kind}") ?? kind)),
        "format" => Word($"Format.{value}"),
        _ => null,
    };

    private string? Word(string key) => texts[key] is { ResourceNotFound: false } word ? word.Value : null;
}
