using System.Collections.Concurrent;
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
    public async ValueTask<string> FindAsync(string account, CancellationToken cancellationToken) =>
        (await KnowAsync(x => x.Names.ContainsKey(account) || Own(account) is not null, account, cancellationToken))?.Names.GetValueOrDefault(account) ?? Own(account) ?? account;

    /// <returns>What those of the numbers are called; null for another number, and where nobody with it ever signed in.</returns>
    public async ValueTask<Func<long, string?>> ByNumberAsync(IReadOnlyList<long> people, CancellationToken cancellationToken)
    {
        Known? known = null;
        foreach (var person in people)
            known = await KnowAsync(x => x.ByNumber.ContainsKey(person), person, cancellationToken);
        return x => known?.ByNumber.GetValueOrDefault(x);
    }

    // Who is unknown may have signed in since: the names are read again, once for each of them.
    private async ValueTask<Known?> KnowAsync(Func<Known, bool> isIn, object person, CancellationToken cancellationToken)
    {
        var known = _known is { } last && time.GetUtcNow() - last.At <= Longest ? last : null;
        if (known is not null && (isIn(known) || !known.Missed.TryAdd(person, 0)))
            return known;
        try
        {
            return _known = await ReadAsync(known?.Missed ?? new(), cancellationToken);
        }
        catch (Exception failure) when (Outage.Is(failure))
        {
            // A name is no reason to take a page away; the account says who it was.
            return _known;
        }
    }

    private string? Own(string account) => account == Caller.Portal.Name
        ? Caller.Portal.DisplayName
        : options.Value.IsDevelopment ? Persona.Find(account)?.DisplayName : null;

    private async Task<Known> ReadAsync(ConcurrentDictionary<object, byte> missed, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Set<Person>().AsNoTracking().Select(x => new { x.Id, x.Name, x.DisplayName }).ToListAsync(cancellationToken);
        var namesakes = people.CountBy(x => x.DisplayName, StringComparer.OrdinalIgnoreCase).Where(x => x.Value > 1).Select(x => x.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string Called(string name, string display) => namesakes.Contains(display) ? $"{display} ({name})" : display;
        return new(
            time.GetUtcNow(),
            people.DistinctBy(x => x.Name, StringComparer.Ordinal).ToDictionary(x => x.Name, x => Called(x.Name, x.DisplayName), StringComparer.Ordinal),
            people.ToDictionary(x => x.Id, x => Called(x.Name, x.DisplayName)),
            missed);
    }

    /// <param name="Missed">Accounts and numbers that were read again in vain; no more than stand in reviews and comments.</param>
    private sealed record Known(DateTimeOffset At, IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<long, string> ByNumber, ConcurrentDictionary<object, byte> Missed);
}
