using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Runs.Starting;

/// <summary>
/// Writing into Persistent Chat's database is not supported by its maker. Where that database is a real one (SQL Server), an operator
/// says by name that the services are stopped, a backup is taken and the risk is known.
/// </summary>
internal static class RunConfirmations
{
    public const string RequiredCode = "confirmation-required";

    public const string ServicesStopped = nameof(ServicesStopped);

    public const string BackupTaken = nameof(BackupTaken);

    public static readonly string[] All = [ServicesStopped, BackupTaken, "UnsupportedWrite"];

    public static string[] Needed(PoolPairConnections pair) => pair.New.Provider == SqlProvider.SqlServer ? All : [];

    /// <summary>Services are started again over night, and a backup of yesterday lacks today: older confirmations are asked for again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <param name="doing">Variant of the sentence.</param>
    public static Refusal? FindMissing(PoolPairConnections pair, IReadOnlyList<string> given, string doing = "start")
    {
        if (given.Except(All, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return new("confirmation-unknown", RefusalKind.Invalid, unknown, All);
        var missing = Needed(pair).Except(given, StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? null
            : new($"{RequiredCode}.{doing}", RefusalKind.Invalid, Said(missing)) { Details = new ConfirmationDetails(missing) };
    }

    /// <summary>In words: the codes are for programs.</summary>
    public static IEnumerable<Wording> Said(IEnumerable<string> confirmations) => confirmations.Select(x => new Wording($"Confirmation.{x}"));
}
