namespace MigrationPortal.Audit.Anchors;

/// <summary>Of a later feature: keeps heads of the audit log elsewhere as well.</summary>
internal interface IAnchorReceiver
{
    /// <param name="head">The newest entry that the check covered, after each check that finds the log intact; the same head may come more than once.</param>
    Task TakeAsync(AuditAnchor head, CancellationToken cancellationToken);
}
