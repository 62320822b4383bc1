using MigrationPortal.Engine;

namespace MigrationPortal.Audit;

/// <summary>The audit is read by auditors; what everybody may know of a batch stands in its own history.</summary>
internal static class AuditRights
{
    public static Refusal? Refuse(Caller caller) => caller.Has(Role.Auditor)
        ? null
        : Rights.Require(caller, Role.Auditor, "read-audit");
}
