using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>Ends sessions: one's own, all one's own ("sign out everywhere"), or somebody's as administrator.</summary>
internal sealed class EndSessionsHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, FreshRights rights, TimeProvider time)
{
    /// <summary>The cookie's own sign-out.</summary>
    public async Task SignOutAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.SessionId is { } id)
            await EndAsync(caller, x => x.Where(s => s.Id == id), "SignedOut", "signed out", cancellationToken);
    }

    /// <summary>Ends one session; somebody else's only as Administrator.</summary>
    public async Task<Outcome<int>> EndOneAsync(long sessionId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owner = await db.Set<Session>().Where(x => x.Id == sessionId).Select(x => (long?)x.PersonId).FirstOrDefaultAsync(cancellationToken);
        if (owner is null || owner != caller.PersonId)
        {
            var renewed = await rights.RequireAsync(caller, Role.Administrator, "end-session", cancellationToken);
            if (!renewed.IsDone)
                return renewed.Refusal;
        }

        return owner is null
            ? new Refusal("not-found.session", RefusalKind.NotFound, $"{sessionId}")
            : await EndAsync(caller, x => x.Where(s => s.Id == sessionId), "SessionRevoked", "revoked", cancellationToken);
    }

    /// <summary>Everywhere: the one that asks as well.</summary>
    public async Task<Outcome<int>> EndOwnAsync(Caller caller, CancellationToken cancellationToken) => caller.PersonId is { } person
        ? await EndAsync(caller, x => x.Where(s => s.PersonId == person), "SignedOutEverywhere", "signed out everywhere", cancellationToken)
        : 0;

    /// <summary>Signed out at the provider: every session that came by that one of its own.</summary>
    public Task<int> EndByProviderAsync(string providerSession, CancellationToken cancellationToken) => EndAsync(
        Caller.Portal, x => x.Where(s => s.ProviderSession == providerSession && s.Method == SignInMethod.EntraId), "SignedOutByProvider", "signed out at the provider", cancellationToken);

    /// <summary>All of one person's, in the name of the portal; part of the caller's transaction, which says why in the audit.</summary>
    public static Task<int> EndAllAsync(PortalDbContext db, long personId, DateTimeOffset at, string reason, CancellationToken cancellationToken) =>
        db.Set<Session>().Where(x => x.PersonId == personId && x.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.EndedAt, at).SetProperty(x => x.EndedBy, Caller.Portal.Name).SetProperty(x => x.EndReason, reason).SetProperty(x => x.IdToken, (string?)null),
            cancellationToken);

    private async Task<int> EndAsync(
        Caller caller, Func<IQueryable<Session>, IQueryable<Session>> which, string action, string reason, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = await which(db.Set<Session>()).Where(x => x.EndedAt == null).Select(x => x.Id).ToListAsync(cancellationToken);
        var ended = await db.Set<Session>().Where(x => ids.Contains(x.Id) && x.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.EndedAt, time.GetUtcNow()).SetProperty(x => x.EndedBy, caller.Name).SetProperty(x => x.EndReason, reason).SetProperty(x => x.IdToken, (string?)null),
            cancellationToken);
        if (ended > 0)
        {
            var subject = ids.Count == 1 ? $"session:{ids[0]}" : $"person:{caller.Name}";
            await audit.RecordAsync(db, caller, action, subject, null, new Dictionary<string, string?> { ["sessions"] = string.Join(", ", ids) }, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return ended;
    }
}
