namespace MigrationPortal.Tests.Architecture;

/// <summary>A folder uses only what stands before it: docs/decisions/0015-order-of-features.md.</summary>
internal static class FeatureOrder
{
    public static IReadOnlyList<string> Portal { get; } =
    [
        // The ground: knows nothing of migration.
        "Texts", "Start", "Telemetry", "Data", "Ui", "Access", "Live", "Api", "Lists", "Jobs", "Audit", "SignIn", "Presence", "Unsent", "Notices",
        // The subject, in the order in which a migration goes.
        "PoolPairs", "Rooms", "Files", "People", "Batches", "Comments", "Reviews", "Runs", "Freezes", "Windows", "Verification", "Delta", "Undo", "CutOver", "Evidence",
        // The shell: shows all of it.
        "Inbox", "Overview", "Setup", "Samples", "App",
    ];

    public static IReadOnlyList<string> Engine { get; } =
        ["Legacy", "PersistentChat", "Sql", "Reading", "Planning", "Preflight", "Transfer", "Files", "Verification", "Delta", "Undo"];
}
