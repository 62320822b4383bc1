using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Notices.Deliveries;

/// <summary>Remembers that a channel is away, for all nodes: tried again after 1, 2, 5, 10 and 30 minutes, then each hour.</summary>
internal sealed class ChannelStates(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    private static readonly int[] _minutes = [1, 2, 5, 10, 30, 60];

    public async Task<NoticeChannelState?> FindAsync(string channel, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<NoticeChannelState>().AsNoTracking().FirstOrDefaultAsync(x => x.Name == channel, cancellationToken);
    }

    /// <returns>Since when it has been away.</returns>
    public async Task<DateTimeOffset> FailAsync(string channel, Wording error, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"insert into portal.notice_channels (name, failures) values ({channel}, 0) on conflict (name) do nothing", cancellationToken);
        var state = await db.Set<NoticeChannelState>().SingleAsync(x => x.Name == channel, cancellationToken);
        state.NextAt = now + TimeSpan.FromMinutes(_minutes[Math.Min(state.Failures, _minutes.Length - 1)]);
        state.Failures++;
        state.DownSince ??= now;
        state.Error = error;
        await db.SaveChangesAsync(cancellationToken);
        return state.DownSince.Value;
    }

    public async Task ComeBackAsync(string channel, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<NoticeChannelState>().Where(x => x.Name == channel && x.DownSince != null).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.DownSince, (DateTimeOffset?)null).SetProperty(x => x.NextAt, (DateTimeOffset?)null).SetProperty(x => x.Failures, 0).SetProperty(x => x.Error, (Wording?)null),
            cancellationToken);
    }
}
