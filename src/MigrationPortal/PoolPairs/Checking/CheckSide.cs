using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs.Checking;

/// <summary>Asks one side of a pool pair everything that a migration needs of it. Nothing is written.</summary>
internal sealed class CheckSide(TimeProvider time)
{
    /// <summary>How long a server may take to answer somebody who types its name.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    public async Task<PoolCheck[]> CheckAsync(ChatDatabase database, string? fileStore, bool hasOtherStore, CancellationToken cancellationToken)
    {
        var store = FileStoreChecks.CheckAsync(fileStore, database.IsLegacy, hasOtherStore, cancellationToken);
        var lines = await DatabaseAsync(database, cancellationToken);
        return [.. lines.Append(await store).OrderBy(x => x.Kind)];
    }

    private async Task<PoolCheck[]> DatabaseAsync(ChatDatabase database, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var outcome = await DatabaseChecks.CheckAsync(database, both.Token);
            return outcome.IsDone
                ? [.. DatabaseLines.Of(database, outcome.Value)]
                : [new(CheckKind.Database, CheckState.Failed, outcome.Refusal.Wording)];
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var place = SqlDialect.For(database.Provider).FindPlace(database.ConnectionString);
            return [new(CheckKind.Database, CheckState.Failed, new Wording("Check.Database.late", place?.Server ?? "", (int)_longest.TotalSeconds))];
        }
    }
}
