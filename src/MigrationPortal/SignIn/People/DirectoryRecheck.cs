using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;

namespace MigrationPortal.SignIn.People;

/// <param name="Person">As the directory sees them now; null when they may no longer sign in.</param>
/// <param name="IsCertain">The directory answered, or needs not be asked; otherwise its last word still counts for reading and the like.</param>
internal sealed record CheckedPerson(Person? Person, bool IsCertain);

/// <summary>Asks the directory again about people who are already in: groups are taken away and accounts closed while sessions last.</summary>
internal sealed partial class DirectoryRecheck(
    IDbContextFactory<PortalDbContext> databases, IDirectory directory, AuditTrail audit, IOptions<SignInOptions> options, TimeProvider time, ILogger<DirectoryRecheck> log)
{
    // Bounded by the people being asked about at this moment.
    private readonly ConcurrentDictionary<long, Lazy<Task<CheckedPerson>>> _asking = [];

    /// <param name="now">Do not accept an earlier answer, however fresh.</param>
    public async Task<CheckedPerson> CheckAsync(Person person, bool now, CancellationToken cancellationToken)
    {
        if (person.Barred is not null)
            return new(null, IsCertain: true);
        if (!directory.Answers(person.Source) || (!now && time.GetUtcNow() - person.CheckedAt < options.Value.RecheckInterval))
            return new(person, IsCertain: true);

        // A page makes many requests at once; the directory is asked once.
        var mine = new Lazy<Task<CheckedPerson>>(() => AskOnceAsync(person));
        return await _asking.GetOrAdd(person.Id, mine).Value.WaitAsync(cancellationToken);
    }

    // Nobody may be left to take the answer away: whoever asked may have gone, and an old answer is never given for a new one.
    private async Task<CheckedPerson> AskOnceAsync(Person person)
    {
        try
        {
            return await AskAsync(person);
        }
        finally
        {
            _asking.TryRemove(person.Id, out _);
        }
    }

    private async Task<CheckedPerson> AskAsync(Person person)
    {
        switch (await directory.FindAsync(person, CancellationToken.None))
        {
            case DirectoryAnswer.Known known:
                return new(await KeepAsync(person, known), IsCertain: true);
            case DirectoryAnswer.Barred barred:
                await BarAsync(person, barred.Why);
                return new(null, IsCertain: true);
            default:
                var age = time.GetUtcNow() - person.CheckedAt;
                LogSilent(person.Name, age);
                return new(age < options.Value.RecheckInterval + options.Value.DirectoryGrace ? person : null, IsCertain: false);
        }
    }

    private async Task<Person> KeepAsync(Person person, DirectoryAnswer.Known known)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var before = await db.Set<Person>().AsNoTracking().SingleAsync(x => x.Id == person.Id);
        await db.Set<Person>().Where(x => x.Id == person.Id).ExecuteUpdateAsync(set => set
            .SetProperty(x => x.DisplayName, known.DisplayName)
            .SetProperty(x => x.Memberships, known.Memberships)
            .SetProperty(x => x.Mail, known.Mail)
            .SetProperty(x => x.CheckedAt, time.GetUtcNow()));
        if (!before.Memberships.IsSameAs(known.Memberships))
        {
            var details = new Dictionary<string, string?> { ["before"] = Words(before.Memberships), ["after"] = Words(known.Memberships) };
            await audit.RecordAsync(db, Caller.Portal, "MembershipsChanged", $"person:{person.Name}", null, details, CancellationToken.None);
        }

        await transaction.CommitAsync();
        (before.DisplayName, before.Memberships, before.CheckedAt) = (known.DisplayName, known.Memberships, time.GetUtcNow());
        return before;
    }

    private async Task BarAsync(Person person, Wording why)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var barred = await db.Set<Person>().Where(x => x.Id == person.Id && x.Barred == null).ExecuteUpdateAsync(set => set.SetProperty(x => x.Barred, why));
        if (barred == 1)
        {
            LogBarred(person.Name, why.In(CultureInfo.InvariantCulture));
            // For good: a cookie that was stolen must not be worth anything again once its owner is let in.
            await EndSessionsHandler.EndAllAsync(db, person.Id, time.GetUtcNow(), "barred", CancellationToken.None);
            await audit.RecordAsync(db, Caller.Portal, "PersonBarred", $"person:{person.Name}", null, new Dictionary<string, string?> { ["cause"] = WordedText.Store(why) }, CancellationToken.None);
        }

        await transaction.CommitAsync();
    }

    private static string Words(Memberships memberships) => string.Join("; ", [.. memberships.Groups, .. memberships.AppRoles]);

    [LoggerMessage(LogLevel.Warning, "No directory server could be asked about {Person}; its last word is {Age} old.")]
    private partial void LogSilent(string person, TimeSpan age);

    [LoggerMessage(LogLevel.Information, "The directory no longer admits {Person}: {Why}")]
    private partial void LogBarred(string person, string why);
}
