using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Unsent;

/// <summary>One's own drafts; there is no way to another person's.</summary>
internal sealed class DraftQueries(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>Those whose place begins with the text, the newest first: <c>batches/12:</c> for a page. There are <see cref="Draft.Most"/> at most.</summary>
    public async Task<IReadOnlyList<Draft>> ListAsync(string under, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Own(db, await DraftPlace.PersonAsync(db, caller, cancellationToken)).Where(x => x.Place.StartsWith(under))
            .OrderByDescending(x => x.At).ThenBy(x => x.Place).Take(Draft.Most).ToListAsync(cancellationToken);
    }

    public async Task<Outcome<Draft>> FindAsync(string? place, Caller caller, CancellationToken cancellationToken)
    {
        var wanted = DraftPlace.Read(place);
        if (!wanted.IsDone)
            return wanted.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await Own(db, await DraftPlace.PersonAsync(db, caller, cancellationToken)).SingleOrDefaultAsync(x => x.Place == wanted.Value, cancellationToken);
        return found is null ? new Refusal("not-found.draft", RefusalKind.NotFound, wanted.Value) : found;
    }

    // The sweep comes four times a day; what is too old for it is too old for its person.
    private IQueryable<Draft> Own(PortalDbContext db, string person)
    {
        var since = time.GetUtcNow() - Draft.KeptFor;
        return db.Set<Draft>().AsNoTracking().Where(x => x.Person == person && x.Text != null && x.At > since);
    }
}
