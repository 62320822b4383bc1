namespace MigrationPortal.CutOver;

/// <param name="Number">As in Microsoft's list.</param>
/// <param name="What">The step, as it is done here.</param>
/// <param name="How">What to look at, or to type.</param>
public sealed record ChecklistStep(int Number, string What, string How);

/// <summary>
/// The thirteen documented steps of a migration (Microsoft: "Migration process - details"), in their order. Where the portal does what
/// the two cmdlets or a copy by hand would, the step says so.
/// </summary>
internal static class CutOverChecklist
{
    /// <summary>Before these are done, the last run into a production database does not start.</summary>
    public const int DoneBefore = 4;

    /// <summary>The step in which each batch is cut over.</summary>
    public const int FinalDelta = 6;

    public static IReadOnlyList<ChecklistStep> Steps { get; } =
    [
        new(1, "Stop the legacy services and take the last backup", "All Group Chat services on every server of the legacy pool; nobody posts there after this. Full SQL backup of its databases."),
        new(2, "Inspect what will be migrated", "Instead of Export-CsPersistentChatData: plan, preflight check and changes in rights of each batch. Nothing is open, and nothing is excluded by mistake."),
        new(3, "Stop the new pool's services", "All Persistent Chat services on every front end of the new pool."),
        new(4, "Back up the new pool's database", "mgc, full backup. Microsoft does not support writing to it directly; besides undo, this backup is the way back."),
        new(5, "Do a dry run", "Instead of Import-CsPersistentChatData -WhatIf: the delta preview of each batch shows the changes since its last run, and there is no blocker."),
        new(6, "Run the final delta", "Instead of Import-CsPersistentChatData: the cutover of each batch copies the changes since its last run and verifies every room."),
        new(7, "Copy the files", "Instead of XCOPY: the portal copies linked files with their rooms and compares the size and hash of each."),
        new(8, "Move the lookup URI", "Only where legacy clients stay: delete the account ocschat@domain, wait for replication, then New-CsPersistentChatEndpoint with the same SIP URI."),
        new(9, "Start the new pool", "All services of the new pool, on every front end."),
        new(10, "Verify", "Control Panel, Get-CsPersistentChatCategory, Get-CsPersistentChatRoom, Get-CsPersistentChatAddin, and a test message. The grades of all batches are shown in step 6."),
        new(11, "Uninstall Group Chat", "From the legacy servers, once the team has signed off."),
        new(12, "Remove trusted application and pool", "From Topology Builder or by cmdlet: clears the Central Management Store and the Trusted Service Entries in Active Directory."),
        new(13, "Enable people by policy", "Set-CsPersistentChatPolicy, Grant-CsPersistentChatPolicy; people find their rooms where they were."),
    ];

    public static ChecklistStep? Find(int number) => number >= 1 && number <= Steps.Count ? Steps[number - 1] : null;
}
