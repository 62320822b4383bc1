namespace MigrationPortal.Data.Postgres;

/// <summary>The server's command line. Everything not named here stays at PostgreSQL's default: a bulk copy gained nothing from more.</summary>
internal static class ServerSettings
{
    private static readonly string[] Ours =
    [
        "listen_addresses=",
        "port=5432",
        "unix_socket_permissions=0700",
        "max_connections=100",
        "checkpoint_timeout=15min",
        "max_wal_size=2GB",
        "jit=off",
        "log_min_duration_statement=1000",
        // Slow statements are logged without their values: those may be message text.
        "log_parameter_max_length=0",
        "idle_in_transaction_session_timeout=10min",
    ];

    /// <summary>pg_ctl hands its options to a shell, so each is quoted for it.</summary>
    public static string For(string socket, IEnumerable<string> more) =>
        string.Join(' ', Ours.Append($"unix_socket_directories=\"{socket}\"").Concat(more).Select(x => $"-c {Quote(x)}"));

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
