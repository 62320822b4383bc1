using System.Data.Common;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.PoolPairs.Keeping;

namespace MigrationPortal.Setup;

/// <summary>Puts a kept pair into the wizard to be changed. Its passwords stay sealed: who signs in with one enters it again.</summary>
internal static class EditedPair
{
    private static readonly string[] _servers = ["server", "data source", "host"];
    private static readonly string[] _databases = ["database", "initial catalog"];
    private static readonly string[] _users = ["user id", "username", "uid"];
    private static readonly string[] _secrets = ["password", "pwd", "ssl password"];
    private static readonly string[] _accounts = ["integrated security", "trusted_connection"];

    /// <param name="connections">Null where the ring cannot open them: servers and databases are entered again.</param>
    public static void Fill(SetupDraft draft, KeptPairView kept, PoolPairConnections? connections)
    {
        (draft.EditedId, draft.Version, draft.Name) = (kept.Id, kept.Version, kept.Settings.Name ?? "");
        Fill(draft.Legacy, kept.Settings.Legacy, connections?.Legacy.ConnectionString);
        Fill(draft.New, kept.Settings.New, connections?.New.ConnectionString);
    }

    private static void Fill(SideDraft side, PoolSettings settings, string? connectionString)
    {
        (side.Product, side.Provider) = (settings.Product ?? side.Product, settings.Provider ?? side.Provider);
        (side.FileStore, side.PoolFqdn) = (settings.FileStore ?? "", settings.PoolFqdn ?? "");
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString ?? "" };
        side.Server = Take(parts, _servers);
        if (side.Provider == nameof(SqlProvider.PostgreSql) && Take(parts, ["port"]) is { Length: > 0 } port)
            side.Server = $"{side.Server}:{port}";
        side.Database = Take(parts, _databases);
        side.User = Take(parts, _users);
        side.HasUser = side.User.Length > 0;
        Take(parts, _accounts);
        Take(parts, _secrets);
        side.More = parts.ConnectionString;
    }

    // Takes it out as well: what is left are the further settings.
    private static string Take(DbConnectionStringBuilder parts, string[] names)
    {
        var found = "";
        foreach (var name in names)
        {
            if (parts.TryGetValue(name, out var value))
                found = value.ToString() ?? "";
            parts.Remove(name);
        }

        return found;
    }
}
