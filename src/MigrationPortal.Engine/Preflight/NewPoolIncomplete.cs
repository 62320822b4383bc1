using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>What every row that is written hangs on: the new pool's own root and its system user.</summary>
internal sealed class NewPoolIncomplete : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        if (LegacyTree.FindRoot(facts.Request.New.Nodes) is null)
            yield return new Finding("NewPoolIncomplete.root", Severity.Blocker, null, "root-category");
        // The one that the planner refers to.
        var system = facts.Request.New.Principals.Where(person => person.Type == PrincipalType.SystemUser).MinBy(person => person.PrincipalId);
        if (system is null)
            yield return new Finding("NewPoolIncomplete.system-user", Severity.Blocker, null, "system-user");
        else if (system.Guid == Guid.Empty)
            yield return new Finding("NewPoolIncomplete.system-guid", Severity.Blocker, null, "system-user");
    }
}
