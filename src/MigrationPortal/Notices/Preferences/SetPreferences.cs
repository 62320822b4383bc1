using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Preferences;

/// <param name="Modes">By kind; a kind that is not named is as its default.</param>
internal sealed record SetPreferences(IReadOnlyDictionary<string, NoticeMode> Modes, TimeOnly? QuietFrom, TimeOnly? QuietTo, TimeOnly? DigestAt);

/// <summary>How somebody wants to be told is theirs to say; what is mandatory is not.</summary>
internal sealed class SetPreferencesHandler(IDbContextFactory<PortalDbContext> databases, NoticeKinds kinds)
{
    public async Task<Outcome<NoticePreferences>> HandleAsync(SetPreferences request, Caller caller, CancellationToken cancellationToken)
    {
        foreach (var (name, mode) in request.Modes)
        {
            if (kinds.Find(name) is not { IsForPrograms: false } kind)
                return new Refusal("notice-kind-unknown", RefusalKind.Invalid, name, kinds.OfPeople.Select(x => x.Name));
            if (kind.IsMandatory && mode != NoticeMode.Now)
                return new Refusal("notice-mandatory", RefusalKind.Invalid, name);
        }

        if ((request.QuietFrom is null) != (request.QuietTo is null))
            return new Refusal("quiet-hours-half", RefusalKind.Invalid);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await CallerPerson.FindAsync(db, caller, cancellationToken) is not { } person)
            return new Refusal("no-bell", RefusalKind.Conflict);
        var wish = new NoticePreferences
        {
            PersonId = person,
            Modes = new(request.Modes.Where(x => kinds.Find(x.Key) is { IsMandatory: false } kind && kind.Default != x.Value), StringComparer.Ordinal),
            QuietFrom = request.QuietFrom,
            QuietTo = request.QuietTo,
            DigestAt = request.DigestAt ?? NoticePreferences.DefaultDigest,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<NoticePreferences>().Where(x => x.PersonId == person).ExecuteDeleteAsync(cancellationToken);
        db.Add(wish);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return wish;
    }
}
