using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.Tokens;

/// <summary>Ends a token at once; somebody else's only as Administrator.</summary>
internal sealed class RevokeTokenHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, FreshRights rights, TimeProvider time)
{
    public async Task<Outcome<long>> HandleAsync(long tokenId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var token = await db.Set<ApiToken>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == tokenId, cancellationToken);
        var isOwn = token is not null && await TokenQueries.OwnedBy(db, caller).AnyAsync(x => x.Id == tokenId, cancellationToken);
        if (!isOwn)
        {
            var renewed = await rights.RequireAsync(caller, Role.Administrator, "revoke-token", cancellationToken);
            if (!renewed.IsDone)
                return renewed.Refusal;
        }

        if (token is null)
            return new Refusal("not-found.token", RefusalKind.NotFound, $"{tokenId}");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var revoked = await db.Set<ApiToken>().Where(x => x.Id == tokenId && x.RevokedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.RevokedAt, time.GetUtcNow()).SetProperty(x => x.RevokedBy, caller.Name), cancellationToken);
        if (revoked == 1)
            await audit.RecordAsync(db, caller, "TokenRevoked", $"token:{tokenId}", token.PoolPairId, TokenDetails.Of(token), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return tokenId;
    }
}
