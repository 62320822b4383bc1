namespace MigrationPortal.CutOver;

/// <param name="Number">As in Microsoft's list.</param>
/// <param name="What">The step, as it is done here.</param>
/// <param name="How">What to look at, or to type.</param>
internal sealed record ChecklistStep(int Number, string What, string How);

/// <summary>
/// The thirteen documented steps of a migration (Microsoft: "Migration process - details"), in their order. Where the portal does what
/// the two cmdlets or a copy by hand would, the step says so.
/// </summary>
internal static class CutOverChecklist
{
    /// <summary>Before these are done, the last run into a production database does not start.</summary>
    public const int DoneBefore = 4;

    public static IReadOnlyList<ChecklistStep> Steps { get; } =
    [
        new(1, "Stop the legacy services and take the last backup", "All services of Group Chat on every server of the legacy pool; from here on nobody posts there. Full SQL backup of its databases."),
        new(2, "Inspect what will move", "In place of Export-CsPersistentChatData: plan, preflight and who gains, batch by batch; nothing is open, nothing is left out by mistake."),
        new(3, "Stop the new pool's services", "All Persistent Chat services on every front end of the new pool."),
        new(4, "Back up the new pool's database", "mgc, full backup. Direct writing to it is not supported by Microsoft; this backup is the way back beside undo."),
        new(5, "Rehearse", "In place of Import-CsPersistentChatData -WhatIf: the delta's preview of each batch shows what came since, and nothing blocks."),
        new(6, "Move for the last time", "In place of Import-CsPersistentChatData: the cut-over of each batch moves what came since and proves every room."),
        new(7, "Move the files", "In place of XCOPY: the upload folder stands in the new file store, with every file's size and hash compared."),
        new(8, "Port the lookup URI", "Only where legacy clients stay: delete the account ocschat@domain, wait for replication, then New-CsPersistentChatEndpoint with the same SIP URI."),
        new(9, "Start the new pool", "All services of the new pool, on every front end."),
        new(10, "Verify", "Control Panel, Get-CsPersistentChatCategory, Get-CsPersistentChatRoom, Get-CsPersistentChatAddin, and a test message; the grades of all batches stand here already."),
        new(11, "Uninstall Group Chat", "From the legacy servers, once the team has signed off."),
        new(12, "Remove trusted application and pool", "From Topology Builder or by cmdlet: clears the Central Management Store and the Trusted Service Entries in Active Directory."),
        new(13, "Enable people by policy", "Set-CsPersistentChatPolicy, Grant-CsPersistentChatPolicy; people find their rooms where they were."),
    ];

    public static ChecklistStep? Find(int number) => number >= 1 && number <= Steps.Count ? Steps[number - 1] : null;
}
