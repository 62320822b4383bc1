using Microsoft.Extensions.Options;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Mail;

/// <summary>One mail: one event, or several of one person.</summary>
internal sealed record MailLetter(Person To, IReadOnlyList<(Delivery Delivery, NoticeEvent Happened)> About)
{
    /// <summary>What may be quoted, by the event's number.</summary>
    public IReadOnlyDictionary<long, string> Excerpts { get; init; } = new Dictionary<long, string>();
}

/// <summary>
/// Sends the mails that are due. What was settled or read since is left out; more than five for a person become one. While the server is
/// away the channel waits, and the mails are not tried one by one.
/// </summary>
internal sealed partial class SendMailsHandler(
    DeliveryClaims claims, ChannelStates channels, DueLetters letters, DeadMails dead, MailWriter writer, MailServer server,
    IOptions<NotificationsOptions> options, TimeProvider clock, ILogger<SendMailsHandler> log)
{
    private const int Most = 100;

    private static readonly int[] _minutes = [1, 2, 5, 10, 30, 60];

    /// <returns>How many mails the server took.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.HasMail)
            return 0;
        await dead.GiveUpAsync(cancellationToken);
        var sent = 0;
        while (true)
        {
            var state = await channels.FindAsync(Delivery.Mail, cancellationToken);
            if (state?.NextAt > clock.GetUtcNow())
                return sent;
            var taken = await claims.TakeAsync(Delivery.Mail, Most, cancellationToken);
            if (taken.Count == 0)
                return sent;
            try
            {
                sent += await SendAsync(taken, cancellationToken);
            }
            catch (MailServerAwayException away)
            {
                LogAway(log, options.Value.Smtp.Host, away.Message);
                await claims.GiveBackAsync([.. taken.Select(x => x.Id)], null, away.Why, cancellationToken);
                await channels.FailAsync(Delivery.Mail, away.Why, cancellationToken);
                return sent;
            }
        }
    }

    private async Task<int> SendAsync(IReadOnlyList<Delivery> taken, CancellationToken cancellationToken)
    {
        var (due, settled) = await letters.ReadAsync(taken, cancellationToken);
        if (settled.Count > 0)
            await claims.SettleAsync(settled, DeliveryState.Superseded, null, cancellationToken);
        if (due.Count == 0)
            return 0;
        await using var session = await server.OpenAsync(cancellationToken);
        await channels.ComeBackAsync(Delivery.Mail, cancellationToken);
        var sent = 0;
        foreach (var letter in due)
        {
            long[] ids = [.. letter.About.Select(x => x.Delivery.Id)];
            var answer = await session.SendAsync(writer.Write(letter), cancellationToken);
            if (answer.IsTaken)
                sent += await claims.SettleAsync(ids, DeliveryState.Sent, null, cancellationToken) > 0 ? 1 : 0;
            else if (answer.IsFinal)
                await claims.SettleAsync(ids, DeliveryState.Dead, answer.Error, cancellationToken);
            else
                await claims.GiveBackAsync(ids, clock.GetUtcNow() + Pause(letter), answer.Error!, cancellationToken);
        }

        return sent;
    }

    private static TimeSpan Pause(MailLetter letter) => TimeSpan.FromMinutes(_minutes[Math.Clamp(letter.About.Max(x => x.Delivery.Attempts) - 1, 0, _minutes.Length - 1)]);

    [LoggerMessage(LogLevel.Warning, "The mail server {Host} cannot be used; mails wait: {Reason}")]
    private static partial void LogAway(ILogger logger, string host, string reason);
}
