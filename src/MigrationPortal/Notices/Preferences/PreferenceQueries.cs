using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Preferences;

public sealed record KindPreference(string Kind, NoticeMode Mode, NoticeMode Default, bool IsMandatory);

/// <param name="Mail">From the directory; null where it has none, and for whoever never signed in.</param>
/// <param name="SendsMail">Whether the portal has a mail server at all.</param>
public sealed record PreferencesView(
    IReadOnlyList<KindPreference> Kinds, TimeOnly? QuietFrom, TimeOnly? QuietTo, TimeOnly DigestAt, string? Mail, bool SendsMail, string? Language, string? Zone);

internal sealed class PreferenceQueries(IDbContextFactory<PortalDbContext> databases, NoticeKinds kinds, IOptions<NotificationsOptions> options)
{
    public async Task<PreferencesView> FindAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var id = await CallerPerson.FindAsync(db, caller, cancellationToken);
        var person = await PeopleReads.All(db).FirstOrDefaultAsync(x => x.Id == id, cancellationToken);
        var wish = await db.Set<NoticePreferences>().AsNoTracking().FirstOrDefaultAsync(x => x.PersonId == id, cancellationToken);
        return new(
            [.. kinds.OfPeople.Select(x => new KindPreference(x.Name, x.IsMandatory ? NoticeMode.Now : wish?.Modes.GetValueOrDefault(x.Name, x.Default) ?? x.Default, x.Default, x.IsMandatory))],
            wish?.QuietFrom, wish?.QuietTo, wish?.DigestAt ?? NoticePreferences.DefaultDigest, person?.Mail, options.Value.HasMail, person?.Language, person?.Zone);
    }
}
