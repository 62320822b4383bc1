namespace MigrationPortal.EndToEnd.Shared;

/// <summary>The addresses of all pages, and of each tab on them, for journeys that walk through everything.</summary>
internal static class EveryPage
{
    public static IEnumerable<string> Of(string batch, string room, string person) =>
    [
        "/", "/rooms", $"/rooms?room={room}", $"/rooms/{room}", $"/rooms/{room}?tab=people", $"/rooms/{room}?tab=messages", $"/rooms/{room}?tab=files", $"/rooms/{room}?tab=comments", $"/rooms/{room}?tab=history",
        $"/people/{person}", $"/people/{person}?tab=account",
        "/people", "/batches", "/batches?view=board", "/runs", "/inbox", "/cutover", "/audit", "/notifications", "/me", "/me/notifications", "/setup",
        .. new[] { "review", "rooms", "plan", "gains", "options", "run", "delta", "verification", "undo", "history" }.Select(x => $"/batches/{batch}?tab={x}"),
        .. new[] { "connections", "options", "approvals", "windows", "limits", "history" }.Select(x => $"/administration?tab={x}"),
        .. new[] { "windows", "webhooks", "mail", "jobs", "freeze", "sessions", "roles", "about" }.Select(x => $"/administration/{x}"),
    ];

    /// <summary>Those that show a run.</summary>
    public static IEnumerable<string> OfRun(string batch, string run) => [$"/runs/{run}", $"/runs/{run}?group=done", $"/batches/{batch}?tab=run", $"/batches/{batch}?tab=verification"];
}
