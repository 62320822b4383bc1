using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>What every row that is written hangs on: the new pool's own root and its system user.</summary>
internal sealed class NewPoolIncomplete : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        if (LegacyTree.FindRoot(facts.Request.New.Nodes) is null)
            yield return new Finding("NewPoolIncomplete.root", Severity.Blocker, null, "root-category");
        if (!facts.Request.New.Principals.Any(person => person.Type == PrincipalType.SystemUser))
            yield return new Finding("NewPoolIncomplete.system-user", Severity.Blocker, null, "system-user");
    }
}
