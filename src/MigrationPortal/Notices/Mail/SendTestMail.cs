using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Mail;

/// <summary>Sends an administrator a mail at once, past the channel that may wait, and says what the mail server answered.</summary>
internal sealed class SendTestMailHandler(IDbContextFactory<PortalDbContext> databases, MailWriter writer, MailServer server, IOptions<NotificationsOptions> options)
{
    /// <returns>The address to which the server took it.</returns>
    public async Task<Outcome<string>> HandleAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "send-test-mail") is { } refusal)
            return refusal;
        if (!options.Value.HasMail)
            return new Refusal("mail-off", RefusalKind.Conflict);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await PeopleReads.All(db).FirstOrDefaultAsync(x => x.Id == caller.PersonId && x.Mail != null, cancellationToken) is not { } person)
            return new Refusal("mail-no-address", RefusalKind.Conflict, caller.DisplayName);
        if (!MailWriter.CanReach(person))
            return new Refusal("mail-bad-address", RefusalKind.Conflict, person.DisplayName);
        try
        {
            await using var session = await server.OpenAsync(cancellationToken);
            var answer = await session.SendAsync(writer.WriteTest(person), cancellationToken);
            return answer.IsTaken ? person.Mail! : new Refusal("mail-not-taken", RefusalKind.Unavailable, person.Mail, answer.Error);
        }
        catch (MailServerAwayException away)
        {
            return new Refusal("mail-not-sent", RefusalKind.Unavailable, options.Value.Smtp.Host, $"{options.Value.Smtp.Port}", away.Why);
        }
    }
}
