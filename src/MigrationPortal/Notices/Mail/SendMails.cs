using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Mail;

/// <summary>One mail: one event, or several of one person.</summary>
internal sealed record MailLetter(Person To, IReadOnlyList<(Delivery Delivery, NoticeEvent Happened)> About)
{
    /// <summary>What may be quoted, by the event's number.</summary>
    public IReadOnlyDictionary<long, string> Excerpts { get; init; } = new Dictionary<long, string>();

    /// <summary>How what it is about is now, by the event's subject.</summary>
    public IReadOnlyDictionary<string, NoticeState> States { get; init; } = new Dictionary<string, NoticeState>();
}

/// <summary>
/// Sends the mails that are due. What was settled or read since is left out; more than five for a person become one, and nobody's quiet hours
/// are disturbed. While the server is away the channel waits, and the mails are not tried one by one.
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
            if (taken.Count == 0 && state?.DownSince is null)
                return sent;
            try
            {
                if (taken.Count == 0)
                {
                    await AskAsync(cancellationToken);
                    return sent;
                }

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

    // No mail is left whose answer would show that the server is back.
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await using (await server.OpenAsync(cancellationToken))
            await channels.ComeBackAsync(Delivery.Mail, cancellationToken);
    }

    private async Task<int> SendAsync(IReadOnlyList<Delivery> taken, CancellationToken cancellationToken)
    {
        var due = await SortAsync(await letters.ReadAsync(taken, cancellationToken), cancellationToken);
        if (due.Count == 0)
            return 0;
        await using var session = await server.OpenAsync(cancellationToken);
        var (sent, isBack) = (0, false);
        foreach (var letter in due)
        {
            var ids = Ids(letter);
            var answer = await session.SendAsync(writer.Write(letter), cancellationToken);
            if (answer.IsTaken)
                sent += await claims.SettleAsync(ids, DeliveryState.Sent, null, cancellationToken) > 0 ? 1 : 0;
            else if (answer.IsFinal)
                await claims.SettleAsync(ids, DeliveryState.Dead, answer.Error, cancellationToken);
            else
                await claims.GiveBackAsync(ids, clock.GetUtcNow() + Pause(letter), answer.Error!, cancellationToken);
            // A server that lets the portal in may still take nothing: only what it says to a mail shows that it is back.
            if (isBack || !(answer.IsTaken || answer.IsFinal))
                continue;
            await channels.ComeBackAsync(Delivery.Mail, cancellationToken);
            isBack = true;
        }

        return sent;
    }

    /// <returns>What can be sent now.</returns>
    private async Task<IReadOnlyList<MailLetter>> SortAsync(SortedMails mails, CancellationToken cancellationToken)
    {
        if (mails.Settled.Count > 0)
            await claims.SettleAsync(mails.Settled, DeliveryState.Superseded, null, cancellationToken);
        foreach (var later in mails.Quiet)
            await claims.PutOffAsync([.. later], later.Key, cancellationToken);
        var due = new List<MailLetter>();
        foreach (var letter in mails.Due)
        {
            if (MailWriter.CanReach(letter.To))
                due.Add(letter);
            else
                await claims.SettleAsync(Ids(letter), DeliveryState.Dead, new Wording("Mail.BadAddress"), cancellationToken);
        }

        return due;
    }

    private static long[] Ids(MailLetter letter) => [.. letter.About.Select(x => x.Delivery.Id)];

    private static TimeSpan Pause(MailLetter letter) => TimeSpan.FromMinutes(_minutes[Math.Clamp(letter.About.Max(x => x.Delivery.Attempts) - 1, 0, _minutes.Length - 1)]);

    [LoggerMessage(LogLevel.Warning, "The mail server {Host} cannot be used; mails wait: {Reason}")]
    private static partial void LogAway(ILogger logger, string host, string reason);
}
