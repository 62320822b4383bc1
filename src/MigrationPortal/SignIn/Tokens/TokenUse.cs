using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Sessions;

namespace MigrationPortal.SignIn.Tokens;

/// <summary>When a token was last used, and from where. A row of the audit for each day and each new address, not for each request.</summary>
internal sealed class TokenUse(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    // Beside the token, since a refusal is no use of it. Bounded by the tokens that there ever were.
    private readonly ConcurrentDictionary<long, DateTimeOffset> _refused = [];

    public async Task RecordAsync(LiveToken live, IPAddress? address, CancellationToken cancellationToken)
    {
        var (token, now, from) = (live.Token, time.GetUtcNow(), address?.ToString());
        if (now - token.LastUsedAt < Step && token.LastUsedFrom == from)
            return;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var first = await db.Set<ApiToken>().Where(x => x.Id == token.Id && x.LastUsedAt == token.LastUsedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.LastUsedAt, now).SetProperty(x => x.LastUsedFrom, from), cancellationToken);
        if (first == 1 && (token.LastUsedAt?.UtcDateTime.Date != now.UtcDateTime.Date || token.LastUsedFrom != from))
            await audit.RecordAsync(db, live.Caller, "TokenUsed", $"token:{token.Id}", null, Details(token, from), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A token that once was one of ours. What never was is worth no row: anybody could fill the audit with it.</summary>
    public async Task RecordRefusedAsync(string secret, IPAddress? address, CancellationToken cancellationToken)
    {
        var (hash, now) = (Secret.Hash(secret), time.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<ApiToken>().AsNoTracking().FirstOrDefaultAsync(x => x.Hash == hash, cancellationToken) is not { } token || !IsFirst(token.Id, now))
            return;
        try
        {
            await audit.RecordAsync(db, Caller.Portal, "TokenRefused", $"token:{token.Id}", null, Details(token, address?.ToString()), cancellationToken);
        }
        catch
        {
            _refused.TryRemove(KeyValuePair.Create(token.Id, now));
            throw;
        }
    }

    // Of several at once and within a minute, one is worth a row.
    private bool IsFirst(long token, DateTimeOffset now) =>
        _refused.TryGetValue(token, out var last) ? now - last >= Step && _refused.TryUpdate(token, now, last) : _refused.TryAdd(token, now);

    private static Dictionary<string, string?> Details(ApiToken token, string? address) =>
        new(StringComparer.Ordinal) { ["label"] = token.Label, ["address"] = address };
}
