namespace MigrationPortal.Audit;

/// <summary>An entry as a line of an export: <c>docs/verify-audit.py</c> computes its hash from the other two.</summary>
internal sealed record AuditLine(string Canonical, string PreviousHash, string Hash)
{
    public static AuditLine Of(AuditEntry entry) => new(AuditHash.Canonical(entry), Convert.ToHexStringLower(entry.PreviousHash), Convert.ToHexStringLower(entry.Hash));
}
