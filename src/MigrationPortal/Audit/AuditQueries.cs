using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit;

/// <summary>What is looked for; null asks for everything.</summary>
internal sealed record AuditFilter(string? By = null, string? Action = null, string? Subject = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <param name="MorePeople">That are not listed.</param>
internal sealed record AuditChoices(IReadOnlyList<string> People, int MorePeople, IReadOnlyList<string> Actions);

internal sealed class AuditQueries(IDbContextFactory<PortalDbContext> databases)
{
    // Of the list to choose from; the address takes any account.
    private const int MostPeople = 2_000;

    /// <summary>Newest first.</summary>
    public async Task<Outcome<Page<AuditEntry>>> ListAsync(AuditFilter filter, Paging paging, Caller caller, CancellationToken cancellationToken)
    {
        if (AuditRights.Refuse(caller) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Filtered(db, filter);
        var total = await rows.LongCountAsync(cancellationToken);
        return new Page<AuditEntry>(total, await rows.OrderByDescending(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    /// <summary>All of them, newest first. Whoever asks has looked at <see cref="AuditRights"/>.</summary>
    public async IAsyncEnumerable<AuditEntry> StreamAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var entry in Filtered(db, filter).OrderByDescending(x => x.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return entry;
    }

    private static IQueryable<AuditEntry> Filtered(PortalDbContext db, AuditFilter filter)
    {
        var people = Words(filter.By);
        var actions = Words(filter.Action);
        var (from, to) = (filter.From?.ToUniversalTime(), filter.To?.ToUniversalTime());
        return db.Set<AuditEntry>().AsNoTracking().Where(x =>
            (people.Length == 0 || people.Contains(x.By))
            && (actions.Length == 0 || actions.Contains(x.Action))
            && (filter.Subject == null || x.Subject == filter.Subject || x.Subject.StartsWith(filter.Subject + ":"))
            && (from == null || x.At >= from)
            && (to == null || x.At < to));
    }

    /// <summary>For a later feature that reads within its own snapshot, once it has asked for the right. Nothing is tracked.</summary>
    public static IQueryable<AuditEntry> Of(PortalDbContext db, string subject) => db.Set<AuditEntry>().AsNoTracking().Where(x => x.Subject == subject);

    public async Task<AuditChoices> ListChoicesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = db.Set<AuditEntry>();
        var people = entries.Select(x => x.By).Distinct();
        var shown = await people.OrderBy(x => x).Take(MostPeople).ToListAsync(cancellationToken);
        return new(
            shown,
            shown.Count < MostPeople ? 0 : await people.CountAsync(cancellationToken) - shown.Count,
            await entries.Select(x => x.Action).Distinct().OrderBy(x => x).ToListAsync(cancellationToken));
    }

    private static string[] Words(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
