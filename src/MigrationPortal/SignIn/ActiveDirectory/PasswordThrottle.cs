using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>
/// Wrong passwords of one account, over all nodes, kept below the domain's own lock-out: whoever guesses here locks nobody out of
/// Windows. Counted by the account, however its name is spelt.
/// </summary>
internal sealed class PasswordThrottle(IDbContextFactory<PortalDbContext> databases, IOptions<ActiveDirectoryOptions> options, TimeProvider time)
{
    /// <summary>Takes one attempt before it is made, so that many at once are not more than allowed. False: none is left.</summary>
    public async Task<bool> TakeAsync(Guid account, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (subject, now) = (account.ToString("D"), time.GetUtcNow());
        var over = now - options.Value.FailureWindow;
        await db.Database.ExecuteSqlAsync($"DELETE FROM portal.sign_in_failures WHERE window_began_at < {over}", cancellationToken);
        var counts = await db.Database.SqlQuery<int>($"""
            INSERT INTO portal.sign_in_failures AS f (subject, window_began_at, count) VALUES ({subject}, {now}, 1)
            ON CONFLICT (subject) DO UPDATE SET count = f.count + 1
            RETURNING f.count AS "Value"
            """).ToListAsync(cancellationToken);
        return counts[0] <= options.Value.MaxFailures;
    }

    /// <summary>The password was right.</summary>
    public async Task ForgetAsync(Guid account, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var subject = account.ToString("D");
        await db.Database.ExecuteSqlAsync($"DELETE FROM portal.sign_in_failures WHERE subject = {subject}", cancellationToken);
    }
}
