using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Unsent;

/// <param name="AgeMilliseconds">How long ago it was typed, by the clock of where it was typed.</param>
internal sealed record SaveDraft(string? Place, string? Text, string? Before, long AgeMilliseconds);

/// <summary>Keeps what somebody typed, unless the portal has something newer of the same place. Ages are compared by the portal's clock alone.</summary>
/// <returns>What is kept now, which is the newer one.</returns>
internal sealed class SaveDraftHandler(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public async Task<Outcome<Draft>> HandleAsync(SaveDraft request, Caller caller, CancellationToken cancellationToken)
    {
        var place = DraftPlace.Read(request.Place);
        if (!place.IsDone)
            return place.Refusal;
        var (text, before) = (request.Text ?? "", request.Before ?? "");
        if (Math.Max(text.Length, before.Length) is var length and > Draft.MostCharacters)
            return new Refusal("draft-too-long", RefusalKind.Invalid, Draft.MostCharacters, length);
        // Before anything waits: the age is that of this moment.
        var at = TypedAt(time.GetUtcNow(), request.AgeMilliseconds);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var person = await DraftPlace.PersonAsync(db, caller, cancellationToken);
        await WriteAsync(db, person, place.Value, text, before, at, cancellationToken);
        return await db.Set<Draft>().AsNoTracking().SingleOrDefaultAsync(x => x.Person == person && x.Place == place.Value, cancellationToken)
            ?? new Draft { Person = person, Place = place.Value, Text = null, Before = "", At = at };
    }

    /// <summary>Unless there is something newer. What is one too many of the person's is forgotten: what was discarded first, then the oldest.</summary>
    /// <param name="text">Null: discarded.</param>
    public static async Task WriteAsync(PortalDbContext db, string person, string place, string? text, string before, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO portal.drafts (person, place, text, before, at) VALUES ({person}, {place}, {text}, {before}, {at})
            ON CONFLICT (person, place) DO UPDATE SET text = excluded.text, before = excluded.before, at = excluded.at WHERE drafts.at <= excluded.at
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            DELETE FROM portal.drafts WHERE person = {person} AND place IN
                (SELECT place FROM portal.drafts WHERE person = {person} ORDER BY text IS NULL, at DESC, place OFFSET {Draft.Most})
            """, cancellationToken);
    }

    /// <summary>Never later than now, so that no clock that is ahead makes a text newer than all that follows.</summary>
    public static DateTimeOffset TypedAt(DateTimeOffset now, long ageMilliseconds) =>
        now - TimeSpan.FromMilliseconds(Math.Clamp(ageMilliseconds, 0, (long)Draft.KeptFor.TotalMilliseconds));
}
