using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;

namespace MigrationPortal.PoolPairs.Keeping;

/// <summary>
/// Puts kept pairs into effect on this node, as the configuration's are at start: what was added, changed or removed since the last
/// look. Called at start, by whoever changed one, and when another node did.
/// </summary>
internal sealed partial class KeptPairs(
    IDbContextFactory<PortalDbContext> databases, ConnectionSeal seal, RegisterPoolPairs registration, PoolPairCatalog catalog,
    IOptions<PoolPairsSettings> configured, IOptions<AdministrationOptions> administration, IConfiguration configuration, ILogger<KeptPairs> log) : IDisposable
{
    /// <summary>Behind every configured pair, before the samples.</summary>
    private const int FirstOrdinal = 500;

    private readonly SemaphoreSlim _one = new(1);
    // What this node has read of each; a handful.
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var kept = await db.Set<KeptPoolPair>().AsNoTracking().OrderBy(x => x.At).ThenBy(x => x.Id).ToListAsync(cancellationToken);
            if (!administration.Value.EditPoolPairs)
            {
                if (kept.Count > 0)
                    LogUnused(string.Join(", ", kept.Select(x => x.Id)));
                return;
            }

            foreach (var gone in _versions.Keys.Except(kept.Select(x => x.Id), StringComparer.Ordinal).ToList())
                await TakeOutAsync(db, gone, cancellationToken);
            List<NamedPair> before = [.. configured.Value.Named];
            foreach (var (pair, i) in kept.Select((pair, i) => (pair, i)))
            {
                if (Read(pair, before) is not { } settings)
                    await TakeOutAsync(db, pair.Id, cancellationToken);
                else if (_versions.GetValueOrDefault(pair.Id) != pair.Version)
                    await registration.RegisterAsync(settings, FirstOrdinal + i, cancellationToken);
                _versions[pair.Id] = pair.Version;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>With its connection strings; null where they cannot be opened or it cannot stand beside the pairs before it, which is logged once.</summary>
    private PoolPairSettings? Read(KeptPoolPair pair, List<NamedPair> before)
    {
        var isNew = _versions.GetValueOrDefault(pair.Id) != pair.Version;
        if (seal.Open(pair) is not { } settings)
        {
            if (isNew)
                LogUnreadable(pair.Id);
            return null;
        }

        var named = new NamedPair(pair.Id, settings);
        if (PoolPairRules.Check([.. before, named], configuration[DataOptions.ConnectionStringKey]) is [var mistake, ..])
        {
            if (isNew)
                LogMistaken(pair.Id, mistake.ToString());
            return null;
        }

        before.Add(named);
        return settings;
    }

    private async Task TakeOutAsync(PortalDbContext db, string id, CancellationToken cancellationToken)
    {
        _versions.Remove(id);
        // The configuration's pair of that id stays.
        if (configured.Value.Pairs.Exists(x => x.EffectiveId == id) || catalog.Find(id) is null)
            return;
        catalog.Remove(id);
        await db.Set<PoolPair>().Where(x => x.Id == id).ExecuteUpdateAsync(x => x.SetProperty(p => p.IsConfigured, false), cancellationToken);
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(LogLevel.Warning, "Pool pairs that are kept in the portal's database are not used, because Administration:EditPoolPairs is not true: {Ids}.")]
    private partial void LogUnused(string ids);

    [LoggerMessage(LogLevel.Error, "The connection strings of the pool pair {Id} cannot be opened: the key ring has lost their key. Enter them again under Administration.")]
    private partial void LogUnreadable(string id);

    [LoggerMessage(LogLevel.Error, "The pool pair {Id} that is kept in the portal's database is not used. {Mistake}")]
    private partial void LogMistaken(string id, string mistake);
}

/// <summary>Another node kept, changed or removed a pair, or news were lost.</summary>
internal sealed class FollowKeptPairs(KeptPairs pairs, Live.LiveFeed feed) : IHostedService
{
    public const string Topic = "pool-pairs";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = feed.Subscribe(Topic, () => pairs.ApplyAsync(CancellationToken.None));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }
}
