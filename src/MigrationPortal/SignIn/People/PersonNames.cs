using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Development;

namespace MigrationPortal.SignIn.People;

/// <summary>What people are called, by the account name that stands in reviews and the audit. Namesakes are told apart by it.</summary>
internal sealed class PersonNames(IDbContextFactory<PortalDbContext> databases, IOptions<SignInOptions> options, TimeProvider time) : IAccountNames
{
    /// <summary>A new name of somebody in the directory is shown after this long at the latest.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // One entry a person who ever signed in: some tens of bytes each.
    private volatile Known? _known;

    /// <returns>The account name itself for somebody who never signed in.</returns>
    public async ValueTask<string> FindAsync(string account, CancellationToken cancellationToken)
    {
        var known = _known;
        if (known is null || time.GetUtcNow() - known.At > Longest)
        {
            try
            {
                _known = known = await ReadAsync(cancellationToken);
            }
            catch (Exception failure) when (Outage.Is(failure))
            {
                // A name is no reason to take a page away; the account says who it was.
            }
        }

        return known?.Names.GetValueOrDefault(account) ?? Own(account) ?? account;
    }

    /// <summary>By number, as names are known now; null where nobody with that number ever signed in, and before any name was asked for.</summary>
    public string? FindById(long personId) => _known?.ById.GetValueOrDefault(personId);

    private string? Own(string account) => account == Caller.Portal.Name
        ? Caller.Portal.DisplayName
        : options.Value.IsDevelopment ? Persona.Find(account)?.DisplayName : null;

    private async Task<Known> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Set<Person>().AsNoTracking().Select(x => new { x.Id, x.Name, x.DisplayName }).ToListAsync(cancellationToken);
        var namesakes = people.CountBy(x => x.DisplayName, StringComparer.OrdinalIgnoreCase).Where(x => x.Value > 1).Select(x => x.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string Called(string name, string display) => namesakes.Contains(display) ? $"{display} ({name})" : display;
        return new(
            time.GetUtcNow(),
            people.DistinctBy(x => x.Name, StringComparer.Ordinal).ToDictionary(x => x.Name, x => Called(x.Name, x.DisplayName), StringComparer.Ordinal),
            people.ToDictionary(x => x.Id, x => Called(x.Name, x.DisplayName)));
    }

    private sealed record Known(DateTimeOffset At, IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<long, string> ById);
}
