using Microsoft.Extensions.Localization;
using MigrationPortal.Live;
using MigrationPortal.Notices;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Backups;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>What keeps the portal's own work going, for administrators: channels that do not deliver, and backups that are old or unknown.</summary>
internal sealed class OperationLines(ChannelTroubles channels, BackupAges backups, IStringLocalizer<InboxTexts> texts, SharedReading<OperationLines.Operations> shared) : IInboxLines
{
    private const string Channel = "channel";
    private const string Backup = "backup";

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Administrator))
            return [];
        var read = await shared.ReadAsync(
            poolPairId, async () => new Operations(await channels.ListAsync(CancellationToken.None), await backups.ListAsync(poolPairId, CancellationToken.None)), cancellationToken);
        return [.. read.Channels.Select(OfChannel), .. read.Backups.Where(x => Rights.HasIn(caller, Role.Administrator, x.PoolPairId)).Select(OfBackup)];
    }

    // Their reason says it all.
    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        key.Split(':')[0] is Channel or Backup && (await ListAsync(null, caller, cancellationToken)).Any(x => x.Key == key) ? new([], []) : null;

    private InboxLine OfChannel(ChannelTrouble trouble)
    {
        var error = trouble.Error?.ToString() ?? texts["ChannelSilent"];
        return new(
            $"{Channel}:{trouble.Channel}", InboxClass.Now, PortalIcons.NotificationsOff, Tone.Bad,
            trouble.Webhook is { } hook ? texts["WebhookDead", hook] : texts["MailDead"],
            trouble.Webhook is null ? texts["MailDeadReason", error] : texts["WebhookDeadReason", error],
            trouble.Since, trouble.Webhook is null ? Urls.MailSettings() : Urls.Webhooks(), texts[trouble.Webhook is null ? "OpenMail" : "OpenWebhooks"]);
    }

    private InboxLine OfBackup(BackupAge age) => new(
        $"{Backup}:{age.PoolPairId}", InboxClass.Do, PortalIcons.Backup, Tone.Warn,
        texts[age.ConfirmedAt is null ? "BackupUnknown" : "BackupOld", age.PoolPairName],
        texts.Count(age.ConfirmedAt is null ? "BackupUnknownReason" : "BackupOldReason", age.BatchCount),
        age.ConfirmedAt ?? age.Since, Urls.Runs(age.PoolPairId), texts["OpenRuns"]);

    /// <summary>For every administrator.</summary>
    internal sealed record Operations(IReadOnlyList<ChannelTrouble> Channels, IReadOnlyList<BackupAge> Backups);
}
