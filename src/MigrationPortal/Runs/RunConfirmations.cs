using MigrationPortal.Administration;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Runs;

/// <summary>
/// Writing into Persistent Chat's database is not supported by its maker. Where that database is a real one (SQL Server), an operator
/// says by name that the services are stopped, a backup is taken and the risk is known.
/// </summary>
internal static class RunConfirmations
{
    public static readonly string[] All = ["ServicesStopped", "BackupTaken", "UnsupportedWrite"];

    public static string[] Needed(PoolPairConnections pair) => pair.New.Provider == SqlProvider.SqlServer ? All : [];

    public static Refusal? FindMissing(PoolPairConnections pair, IReadOnlyList<string> given)
    {
        if (given.Except(All, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return new("confirmation-unknown", $"“{unknown}” is no confirmation; known are {string.Join(", ", All)}.");
        var missing = Needed(pair).Except(given, StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? null
            : new("confirmation-required", $"Starting needs the confirmation of: {string.Join(", ", missing)}.");
    }
}
